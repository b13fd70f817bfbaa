package org.signetmail.notifier.webhook;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.signetmail.notifier.config.Backoff;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.database.Schema;
import org.signetmail.notifier.metrics.NotifierMetrics;
import org.signetmail.notifier.metrics.NotifierMetrics.Attempt;
import org.signetmail.notifier.webhook.Delivery.Delivered;
import org.signetmail.notifier.webhook.Delivery.Failed;
import org.signetmail.notifier.webhook.Delivery.Gone;
import org.signetmail.notifier.webhook.Delivery.Outcome;

/**
 * Tells one target what is due: claims deliveries in a transaction, calls without one, several at a time, and records in
 * another what became of them. So a target that does not answer holds no connection to PostgreSQL, and a notifier that dies in
 * between leaves its deliveries to the next one, under the same ids.
 */
final class Deliverer {
    private static final Logger LOG = Logger.getLogger(Deliverer.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    /** What recording the answers may take, beyond the calls themselves. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    private final Target target;
    private final DeliveryStore store;
    private final Database database;
    private final Caller caller;
    private final NotifierConfig config;
    private final NotifierMetrics metrics;
    private final Clock clock;
    private final Schedule schedule;
    private final Semaphore work = new Semaphore(0);
    private Thread loop;

    Deliverer(
            Target target,
            DeliveryStore store,
            Database database,
            Caller caller,
            NotifierConfig config,
            NotifierMetrics metrics,
            Clock clock) {
        this.target = target;
        this.store = store;
        this.database = database;
        this.caller = caller;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
        this.schedule = Schedule.of(config.webhooks());
        metrics.webhook(target.name());
    }

    void wake() {
        work.release();
    }

    void begin(Schema schema) {
        loop = Thread.ofVirtual().name("webhook " + target.name()).start(() -> run(schema));
    }

    void end() throws InterruptedException {
        loop.interrupt();
        if (!loop.join(STOP_LIMIT)) {
            LOG.warnf("The webhook %s was still being told when the service stopped", target.name());
        }
    }

    private void run(Schema schema) {
        var backoff = new Backoff(config.retry());
        try {
            schema.await();
            while (true) {
                round(backoff);
            }
        } catch (InterruptedException | Backoff.Interrupted e) {
            Thread.currentThread().interrupt();
            LOG.debugf(e, "The webhook %s stops", target.name());
        }
    }

    private void round(Backoff backoff) throws InterruptedException {
        try {
            Map<Delivery, Outcome> outcomes = deliver();
            if (!outcomes.isEmpty() && outcomes.values().stream().noneMatch(Delivered.class::isInstance)) {
                backoff.pause(); // The target is away: what is due is not tried all at once.
                return;
            }
            backoff.reset();
            if (outcomes.size() < config.webhooks().parallel()) {
                work.tryAcquire(config.webhooks().pollInterval().toMillis(), TimeUnit.MILLISECONDS);
                work.drainPermits();
            }
        } catch (SQLException | Secrets.Unusable e) {
            LOG.warnf("The webhook %s waits: %s", target.name(), e.getMessage());
            backoff.pause();
        } catch (RuntimeException e) {
            LOG.errorf(e, "The webhook %s met what it was not made for, and goes on", target.name());
            backoff.pause();
        }
    }

    private Map<Delivery, Outcome> deliver() throws SQLException, Secrets.Unusable, InterruptedException {
        List<byte[]> keys = target.secrets().keys();
        Duration limit = config.webhooks().timeout();
        Instant lost = clock.instant().plus(limit).plus(SLACK);
        List<Delivery> claimed = database.transaction(
                connection -> store.claim(connection, target, config.webhooks().parallel(), lost));
        Map<Delivery, Outcome> outcomes = call(claimed, keys);
        DeliveryStore.Backlog backlog = database.transaction(connection -> {
            for (var outcome : outcomes.entrySet()) {
                record(connection, outcome.getKey(), outcome.getValue());
            }
            return store.backlog(connection, target);
        });
        metrics.webhookBacklog(target.name(), backlog.deliveries(), backlog.oldest());
        return outcomes;
    }

    private Map<Delivery, Outcome> call(List<Delivery> claimed, List<byte[]> keys) throws InterruptedException {
        var calls = new LinkedHashMap<Delivery, Future<Outcome>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            claimed.forEach(delivery -> calls.put(delivery, threads.submit(() -> call(keys, delivery))));
        }
        var outcomes = new LinkedHashMap<Delivery, Outcome>();
        for (var call : calls.entrySet()) {
            outcomes.put(call.getKey(), outcome(call.getValue()));
        }
        return outcomes;
    }

    private Outcome call(List<byte[]> keys, Delivery delivery) throws InterruptedException {
        long start = System.nanoTime();
        try {
            return caller.call(target, keys, delivery);
        } finally {
            metrics.called(target.name(), Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static Outcome outcome(Future<Outcome> call) throws InterruptedException {
        try {
            return call.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A call ends in an outcome", e.getCause());
        }
    }

    private void record(Connection connection, Delivery delivery, Outcome outcome) throws SQLException {
        switch (outcome) {
            case Delivered() -> {
                store.delivered(connection, target, delivery);
                metrics.attempt(target.name(), Attempt.DELIVERED);
            }
            case Failed(String error) -> {
                Instant now = clock.instant();
                Optional<Instant> next =
                        schedule.next(delivery, now, ThreadLocalRandom.current().nextDouble());
                if (next.isPresent()) {
                    store.again(connection, target, delivery, error, next.get());
                    metrics.attempt(target.name(), Attempt.FAILED);
                } else {
                    giveUp(connection, delivery, error);
                }
            }
            case Gone(String error) -> giveUp(connection, delivery, error);
        }
    }

    private void giveUp(Connection connection, Delivery delivery, String error) throws SQLException {
        store.failed(connection, target, delivery, error);
        metrics.attempt(target.name(), Attempt.GIVEN_UP);
        LOG.errorf("The webhook %s was not told of %s: %s", target.name(), delivery.id(), error);
    }
}
