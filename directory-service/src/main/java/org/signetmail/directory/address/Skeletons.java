package org.signetmail.directory.address;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.signetmail.directory.database.Sql;

/** Skeletons of the rows that were written before there were any. */
@Singleton
public class Skeletons {
    private static final int BATCH = 5000;

    /** Writes some that are missing; true when none is any more. Rows that somebody writes just now get theirs from there. */
    public boolean complete(Connection connection) throws SQLException {
        List<String> missing = Sql.list(
                connection,
                "SELECT canonical FROM address WHERE skeleton IS NULL LIMIT ? FOR UPDATE SKIP LOCKED",
                row -> row.getString(1),
                BATCH);
        Sql.update(
                connection,
                "UPDATE address SET skeleton = given.skeleton FROM unnest(?, ?) AS given (canonical, skeleton)"
                        + " WHERE address.canonical = given.canonical",
                missing,
                missing.stream().map(Skeleton::of).toList());
        return missing.size() < BATCH;
    }
}
