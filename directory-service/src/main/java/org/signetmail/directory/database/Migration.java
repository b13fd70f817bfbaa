package org.signetmail.directory.database;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Brings the schema up to date beside the start of the service, as often as it takes until the database is there. Several
 * instances may start at once: Flyway locks.
 */
@Singleton
public class Migration {
    private static final Logger LOG = Logger.getLogger(Migration.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Flyway flyway;
    private final CountDownLatch done = new CountDownLatch(1);

    public Migration(Flyway flyway) {
        this.flyway = flyway;
    }

    void start(@Observes StartupEvent started) {
        Thread.ofVirtual().name("migration").start(this::run);
    }

    /** Waits until the schema is that of this release. */
    public void await() throws InterruptedException {
        done.await();
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    private void run() {
        boolean failing = false;
        while (!isDone()) {
            try {
                flyway.migrate();
                done.countDown();
            } catch (FlywayException e) {
                if (!failing) {
                    LOG.warnf(e, "The schema is not up to date yet; trying again every %d s", PAUSE.toSeconds());
                }
                failing = true;
                pause();
            }
        }
        LOG.info("The schema is up to date");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before the schema was up to date", e);
        }
    }
}
