package org.signetmail.directory.changes;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.Sql;

/** Tells those who write much when to wait for the change feed: whoever writes little waits behind them otherwise. */
@Singleton
public class Backlog {
    public static final Duration POLL = Duration.ofMillis(20);

    private final Database database;
    private final int limit;

    public Backlog(Database database, DirectoryConfig config) {
        this.database = database;
        this.limit = config.changes().backlog();
    }

    /** Whether many changes are pending. Counts by the ends of the numbering: gaps of it, where work was rolled back, too. */
    public boolean isLong() {
        return database.transaction(connection -> Sql.one(
                        connection,
                        "SELECT coalesce(max(id) - min(id) + 1, 0) > ? FROM outbox",
                        row -> row.getBoolean(1),
                        limit)
                .orElseThrow());
    }

    /** Waits until few are. */
    public void await() {
        try {
            while (isLong()) {
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the change feed was behind", e);
        }
    }
}
