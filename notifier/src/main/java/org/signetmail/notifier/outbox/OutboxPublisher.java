package org.signetmail.notifier.outbox;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.signetmail.notifier.config.Backoff;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.database.Schema;
import org.signetmail.notifier.metrics.NotifierMetrics;
import org.signetmail.notifier.metrics.NotifierMetrics.Dependency;
import org.signetmail.notifier.metrics.NotifierMetrics.Result;

/**
 * Carries mails from the outbox to Kafka: locks rows, sends them, and marks them after the acknowledgement, all in one
 * transaction. Dying before its commit sends them again under the same ids, which the relay drops.
 */
@Singleton
public class OutboxPublisher {
    private static final Logger LOG = Logger.getLogger(OutboxPublisher.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Schema schema;
    private final Database database;
    private final Outbox outbox;
    private final Outbound outbound;
    private final NotifierConfig config;
    private final NotifierMetrics metrics;
    private final Clock clock;
    private final Semaphore work = new Semaphore(0);
    private final ReentrantLock publishing = new ReentrantLock();
    private volatile Thread loop;
    private volatile boolean ending;

    OutboxPublisher(
            Schema schema,
            Database database,
            Outbox outbox,
            Outbound outbound,
            NotifierConfig config,
            NotifierMetrics metrics,
            Clock clock) {
        this.schema = schema;
        this.database = database;
        this.outbox = outbox;
        this.outbound = outbound;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Says that a mail was committed. */
    public void wake() {
        work.release();
    }

    void begin(@Observes StartupEvent event) {
        loop = Thread.ofVirtual().name("outbox").start(this::run);
    }

    /** A batch under way ends first: what Kafka has and is not marked here, the next notifier would publish again. */
    void end(@Observes ShutdownEvent event) throws InterruptedException {
        ending = true;
        boolean between = publishing.tryLock(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        loop.interrupt();
        if (between) {
            publishing.unlock();
        }
        if (!loop.join(STOP_LIMIT)) {
            LOG.warn("The outbox was still publishing when the service stopped");
        }
    }

    private void run() {
        var backoff = new Backoff(config.retry());
        try {
            schema.await();
            while (true) {
                round(backoff);
            }
        } catch (InterruptedException | Backoff.Interrupted e) {
            Thread.currentThread().interrupt();
            LOG.debugf(e, "The outbox stops");
        }
    }

    private void round(Backoff backoff) throws InterruptedException {
        try {
            while (publishUnlessEnding() == config.outbox().batch()) {
                backoff.reset();
            }
            backoff.reset();
            work.tryAcquire(config.outbox().pollInterval().toMillis(), TimeUnit.MILLISECONDS);
            work.drainPermits();
        } catch (SQLException e) {
            again(Dependency.POSTGRESQL, e, backoff);
        } catch (Outbound.Unpublished e) {
            again(Dependency.KAFKA, e, backoff);
        } catch (RuntimeException e) {
            LOG.error("The outbox met what it was not made for, and goes on", e);
            backoff.pause();
        }
    }

    private void again(Dependency dependency, Exception cause, Backoff backoff) {
        metrics.retry(dependency);
        LOG.warnf("The outbox waits: %s", cause.getMessage());
        backoff.pause();
    }

    private int publishUnlessEnding() throws SQLException, Outbound.Unpublished {
        publishing.lock();
        try {
            return ending ? 0 : publish();
        } finally {
            publishing.unlock();
        }
    }

    /** Publishes one batch and says how many mails it had. */
    int publish() throws SQLException, Outbound.Unpublished {
        List<Outbox.Pending> published =
                database.<List<Outbox.Pending>, Outbound.Unpublished>transaction(connection -> {
                    List<Outbox.Pending> pending =
                            outbox.lock(connection, config.outbox().batch());
                    if (!pending.isEmpty()) {
                        outbound.publish(pending);
                        outbox.markPublished(connection, pending, clock.instant());
                    }
                    return pending;
                });
        published.forEach(pending -> metrics.notice(pending.notice().kind(), Result.PUBLISHED));
        Outbox.Backlog backlog = database.transaction(outbox::backlog);
        metrics.outbox(backlog.mails(), backlog.age(clock.instant()));
        return published.size();
    }
}
