package org.signetmail.notifier.database;

import jakarta.inject.Singleton;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.signetmail.notifier.config.Backoff;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.metrics.NotifierMetrics;
import org.signetmail.notifier.metrics.NotifierMetrics.Dependency;

/** Transactions in PostgreSQL, once or until it is back. */
@Singleton
public class Database {
    private static final Logger LOG = Logger.getLogger(Database.class);
    /** SQLSTATE class 22, data exception: these values will never go in. */
    private static final String DATA_EXCEPTION = "22";

    private static final String CONNECTION_FAILURE = "08006";

    private final DataSource source;
    private final NotifierConfig config;
    private final NotifierMetrics metrics;

    Database(DataSource source, NotifierConfig config, NotifierMetrics metrics) {
        this.source = source;
        this.config = config;
        this.metrics = metrics;
    }

    /** Work inside one transaction. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T in(Connection connection) throws SQLException, E;
    }

    /** Commits what the work did, or nothing of it when it throws. */
    public <T, E extends Exception> T transaction(Work<T, E> work) throws SQLException, E {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.in(connection);
                connection.commit();
                committed = true;
                return result;
            } catch (
                    AssertionError
                            e) { // the driver's word for a connection that died within a batch (BatchResultHandler)
                throw new SQLException("The connection was lost within a batch", CONNECTION_FAILURE, e);
            } finally {
                if (!committed) {
                    rollback(connection);
                }
            }
        }
    }

    /** As {@link #transaction}, again and again until PostgreSQL did it; fails only when it never can. */
    public <T, E extends Exception> T patiently(Work<T, E> work) throws Unstorable, E {
        var backoff = new Backoff(config.retry());
        while (true) {
            try {
                return transaction(work);
            } catch (SQLException failure) {
                SQLException e = withoutValues(failure);
                if (e.getSQLState() != null && e.getSQLState().startsWith(DATA_EXCEPTION)) {
                    throw new Unstorable(e);
                }
                metrics.retry(Dependency.POSTGRESQL);
                LOG.warnf("PostgreSQL did not take it, trying again: %s", e.getMessage());
                backoff.pause();
            }
        }
    }

    /** The message of a batch's failure has the values, which are content of mails: the log gets what is behind it. */
    private static SQLException withoutValues(SQLException e) {
        return e instanceof BatchUpdateException && e.getNextException() != null ? e.getNextException() : e;
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The first exception is on its way; a connection that cannot roll back is broken and rolls back by itself.
            LOG.debugf(e, "No rollback");
        }
    }

    /** PostgreSQL refuses these values and always will. */
    public static final class Unstorable extends Exception {
        private static final long serialVersionUID = 1;

        Unstorable(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
