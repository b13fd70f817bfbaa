package org.signetmail.notifier.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.signetmail.notifier.config.Backoff;

/** Work in PostgreSQL that is done again and again, on a thread of its own, as soon as the tables are there. */
public final class Rounds {
    private static final Logger LOG = Logger.getLogger(Rounds.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    /** One round. */
    @FunctionalInterface
    public interface Round {
        void run() throws SQLException;
    }

    private final Thread thread;

    private Rounds(Thread thread) {
        this.thread = thread;
    }

    /** Begins; after each round there is a pause of the interval, after one that failed the back-off's. */
    public static Rounds begin(String name, Schema schema, Duration interval, Backoff backoff, Round round) {
        return new Rounds(Thread.ofVirtual().name(name).start(() -> {
            try {
                schema.await();
                while (!Thread.currentThread().isInterrupted()) {
                    one(name, interval, backoff, round);
                }
            } catch (InterruptedException | Backoff.Interrupted e) {
                Thread.currentThread().interrupt();
            }
            LOG.debugf("%s: ended", name);
        }));
    }

    private static void one(String name, Duration interval, Backoff backoff, Round round) {
        try {
            round.run();
            backoff.reset();
            LockSupport.parkNanos(interval.toNanos());
        } catch (SQLException e) {
            LOG.warnf("%s: trying again: %s", name, e.getMessage());
            backoff.pause();
        } catch (RuntimeException e) {
            LOG.errorf(e, "%s: a round failed unexpectedly", name);
            backoff.pause();
        }
    }

    /** Ends the work, after the round that is under way. */
    public void end() throws InterruptedException {
        thread.interrupt();
        if (!thread.join(STOP_LIMIT)) {
            LOG.warnf("%s was still at work when the service stopped", thread.getName());
        }
    }
}
