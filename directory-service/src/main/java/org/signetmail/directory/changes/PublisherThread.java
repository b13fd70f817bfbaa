package org.signetmail.directory.changes;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.signetmail.directory.DirectoryConfig;
import org.signetmail.directory.DirectoryMetrics;
import org.signetmail.directory.changes.ChangePublisher.Round;
import org.signetmail.directory.database.Migration;

/** Runs one round of the change feed after the other, from the first migration of the schema until the shutdown. */
@Singleton
class PublisherThread {
    private static final Logger LOG = Logger.getLogger(PublisherThread.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final ChangePublisher publisher;
    private final Migration migration;
    private final DirectoryMetrics metrics;
    private final DirectoryConfig.Changes config;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("change-feed").unstarted(this::run);
    private boolean failing;

    PublisherThread(ChangePublisher publisher, Migration migration, DirectoryMetrics metrics, DirectoryConfig config) {
        this.publisher = publisher;
        this.migration = migration;
        this.metrics = metrics;
        this.config = config.changes();
    }

    void start(@Observes StartupEvent started) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping.countDown();
        if (!thread.join(STOP_LIMIT)) {
            thread.interrupt();
        }
    }

    private void run() {
        try {
            migration.await();
            Duration pause = Duration.ZERO;
            while (!stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.debug("The change feed ends", e);
        }
    }

    /** Returns the time until the next round. */
    private Duration round() {
        try {
            Round round = publisher.round();
            metrics.roundEnded();
            if (failing) {
                LOG.info("The change feed goes on");
            }
            failing = false;
            return switch (round) {
                case MORE -> Duration.ZERO;
                case DRAINED, STAND_BY -> config.interval();
            };
        } catch (RuntimeException e) {
            metrics.publishFailed();
            if (!failing) {
                LOG.warnf(
                        e,
                        "The change feed stands still; trying again every %d ms",
                        config.backOff().toMillis());
            }
            failing = true;
            return config.backOff();
        }
    }
}
