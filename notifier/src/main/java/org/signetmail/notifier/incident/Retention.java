package org.signetmail.notifier.incident;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.signetmail.notifier.config.Backoff;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.database.Rounds;
import org.signetmail.notifier.database.Schema;
import org.signetmail.notifier.metrics.NotifierMetrics;

/** Deletes what is older than it is to be kept, a batch a transaction; several notifiers do not disturb each other. */
@Singleton
public class Retention {
    private static final int BATCH = 1_000;
    /** What the decision about digests needs no more. */
    private static final Duration SPENT = Duration.ofDays(1);

    /** A mail that is still to go out keeps its incident. */
    private static final String INCIDENTS = """
            DELETE FROM incident WHERE id IN (
              SELECT id FROM incident
              WHERE rejected_at < ? AND NOT EXISTS (
                SELECT 1 FROM notice WHERE notice.incident = incident.id AND published_at IS NULL)
              ORDER BY rejected_at LIMIT %d FOR UPDATE SKIP LOCKED)""".formatted(BATCH);

    private static final List<String> OLD = List.of(
            "DELETE FROM notice WHERE incident IS NULL AND published_at < ?",
            "DELETE FROM reported WHERE recorded_at < ?",
            "DELETE FROM incident_access WHERE at < ?");
    private static final List<String> SPENT_ROWS =
            List.of("DELETE FROM told WHERE until < ?", "DELETE FROM allowance WHERE hour < ?");

    private final Database database;
    private final Schema schema;
    private final NotifierConfig config;
    private final NotifierMetrics metrics;
    private final Clock clock;
    private Rounds rounds;

    Retention(Database database, Schema schema, NotifierConfig config, NotifierMetrics metrics, Clock clock) {
        this.database = database;
        this.schema = schema;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    void begin(@Observes StartupEvent event) {
        rounds = Rounds.begin(
                "retention", schema, config.incidents().cleanInterval(), new Backoff(config.retry()), this::clean);
    }

    void end(@Observes ShutdownEvent event) throws InterruptedException {
        rounds.end();
    }

    void clean() throws SQLException {
        Instant now = clock.instant();
        Instant keptFrom = now.minus(config.incidents().keep());
        int deleted;
        do {
            deleted = delete(INCIDENTS, keptFrom);
            metrics.expired(deleted);
        } while (deleted == BATCH);
        for (String old : OLD) {
            delete(old, keptFrom);
        }
        for (String spent : SPENT_ROWS) {
            delete(spent, now.minus(SPENT));
        }
    }

    private int delete(String sql, Instant before) throws SQLException {
        return database.transaction(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(sql)) {
                delete.setObject(1, before.atOffset(ZoneOffset.UTC));
                return delete.executeUpdate();
            }
        });
    }
}
