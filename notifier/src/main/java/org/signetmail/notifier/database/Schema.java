package org.signetmail.notifier.database;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;
import org.signetmail.notifier.config.Backoff;
import org.signetmail.notifier.config.NotifierConfig;

/**
 * Brings the tables up to date as soon as PostgreSQL is there. Flyway at start would end the service when it is not; until
 * then consumers retry, because their tables are missing.
 */
@Default
@Readiness
@Singleton
public class Schema implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(Schema.class);

    private final Flyway flyway;
    private final NotifierConfig config;
    private final CountDownLatch migrated = new CountDownLatch(1);

    Schema(Flyway flyway, NotifierConfig config) {
        this.flyway = flyway;
        this.config = config;
    }

    void begin(@Observes StartupEvent event) {
        Thread.ofVirtual().name("schema").start(this::migrate);
    }

    private void migrate() {
        var backoff = new Backoff(config.retry());
        while (!isMigrated()) {
            try {
                LOG.infof("Tables are at version %s", flyway.migrate().targetSchemaVersion);
                migrated.countDown();
            } catch (FlywayException e) {
                LOG.warnf("The tables could not be brought up to date, trying again: %s", e.getMessage());
                backoff.pause();
            }
        }
    }

    /** Waits for the tables. */
    public void await() throws InterruptedException {
        migrated.await();
    }

    private boolean isMigrated() {
        return migrated.getCount() == 0;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Tables in PostgreSQL")
                .status(isMigrated())
                .build();
    }
}
