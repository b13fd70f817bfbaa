package org.signetmail.directory.database;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Runs work in transactions: committed when it returns, rolled back when it throws. */
@Singleton
public class Database {
    /** Work inside a transaction. */
    public interface Work<I, O> {
        O on(I transaction) throws SQLException;
    }

    private final DataSource dataSource;

    public Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Writes, one transaction after the other: the raised version row is locked until the commit. */
    public <T> T write(Work<WriteTransaction, T> work) {
        return transaction(connection -> {
            long version = Sql.one(
                            connection,
                            "UPDATE directory_version SET version = version + 1 RETURNING version",
                            row -> row.getLong(1))
                    .orElseThrow();
            return work.on(new WriteTransaction(connection, version));
        });
    }

    /** Reads with several statements what belongs together: all of them see the directory of one moment. */
    public <T> T snapshot(Work<Connection, T> work) {
        return transaction(connection -> {
            Sql.update(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            return work.on(connection);
        });
    }

    /** Each statement sees what was committed before it began. */
    public <T> T transaction(Work<Connection, T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    /**
     * Does something that no other instance does at the same time; empty when one is at it. The lock ends with the work,
     * or with the connection.
     */
    public <T> Optional<T> exclusively(long lock, Supplier<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean locked = Sql.one(connection, "SELECT pg_try_advisory_lock(?)", row -> row.getBoolean(1), lock)
                    .orElseThrow();
            if (!locked) {
                return Optional.empty();
            }
            try {
                return Optional.of(work.get());
            } finally {
                Sql.list(connection, "SELECT pg_advisory_unlock(?)", row -> row.getBoolean(1), lock);
            }
        } catch (SQLException e) {
            throw new DatabaseFailure(e);
        }
    }

    private static void rollback(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
