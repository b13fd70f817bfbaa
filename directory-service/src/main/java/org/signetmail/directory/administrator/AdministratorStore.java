package org.signetmail.directory.administrator;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signetmail.directory.database.Sql;

/** The table of who administers which domain. */
@Singleton
public class AdministratorStore {
    Set<String> domainsOf(Connection connection, String administrator) throws SQLException {
        return Set.copyOf(Sql.list(
                connection,
                "SELECT domain FROM domain_administrator WHERE administrator = ?",
                row -> row.getString(1),
                administrator));
    }

    boolean isRegistered(Connection connection, String domain) throws SQLException {
        return Sql.exists(connection, "SELECT name FROM domain WHERE name = ?", domain);
    }

    List<Administrator> of(Connection connection, String domain) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM domain_administrator WHERE domain = ? ORDER BY administrator",
                AdministratorStore::read,
                domain);
    }

    Optional<Administrator> find(Connection connection, String domain, String name) throws SQLException {
        return Sql.one(
                connection,
                "SELECT * FROM domain_administrator WHERE domain = ? AND administrator = ?",
                AdministratorStore::read,
                domain,
                name);
    }

    /** Returns whether they are new. */
    boolean appoint(Connection connection, String domain, String name, String appointedBy) throws SQLException {
        return Sql.update(
                        connection,
                        "INSERT INTO domain_administrator (domain, administrator, appointed_by) VALUES (?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        domain,
                        name,
                        appointedBy)
                > 0;
    }

    /** Returns whether they were. What they granted stays. */
    boolean dismiss(Connection connection, String domain, String name) throws SQLException {
        return Sql.update(
                        connection,
                        "DELETE FROM domain_administrator WHERE domain = ? AND administrator = ?",
                        domain,
                        name)
                > 0;
    }

    private static Administrator read(ResultSet row) throws SQLException {
        return new Administrator(
                row.getString("administrator"),
                row.getString("appointed_by"),
                Sql.instant(row, "appointed_at").orElseThrow());
    }
}
