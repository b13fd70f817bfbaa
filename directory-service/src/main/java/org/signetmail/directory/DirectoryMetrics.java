package org.signetmail.directory;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;

/** Every metric of this service, present at zero from its start on. */
@Singleton
public class DirectoryMetrics {
    /** How an authentication ended. The client of the REST interface learns no more than whether it succeeded. */
    public enum Authentication {
        ACCEPTED,
        UNKNOWN_ACCOUNT,
        DISABLED_ACCOUNT,
        NO_PASSWORD,
        WRONG_PASSWORD,
        /** The application password has come to its end. */
        EXPIRED_PASSWORD,
        /** The application password is bound to networks that the client is not in. */
        OTHER_NETWORK
    }

    /** What a published record was about. */
    public enum Published {
        ACCOUNT,
        DOMAIN,
        GROUP,
        HEARTBEAT
    }

    /** What became of a line of an import. */
    public enum ImportLine {
        CREATED,
        CHANGED,
        UNCHANGED,
        FAILED
    }

    /** How a synchronisation with LDAP ended. */
    public enum Synchronised {
        DONE,
        UNCHANGED,
        HELD,
        FAILED
    }

    private final Map<Authentication, Counter> authentications;
    private final Map<Published, Counter> published;
    private final Map<ImportLine, Counter> importLines;
    private final Map<Synchronised, Counter> synchronisations;
    private final Counter publishFailures;
    private final AtomicLong outboxPending = new AtomicLong();
    private final AtomicLong outboxOldest = new AtomicLong();
    private final MeterRegistry registry;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("kafka-metrics").factory());
    private final AtomicLong lastRound = new AtomicLong(System.nanoTime());

    public DirectoryMetrics(MeterRegistry registry) {
        this.registry = registry;
        authentications = counters(
                registry,
                Authentication.class,
                "signet.directory.authentications",
                "result",
                "Authentications by result");
        published = counters(
                registry,
                Published.class,
                "signet.directory.changes.published",
                "kind",
                "Records of the change feed that Kafka acknowledged");
        importLines = counters(
                registry, ImportLine.class, "signet.directory.import.lines", "result", "Lines of imports by result");
        synchronisations = counters(
                registry,
                Synchronised.class,
                "signet.directory.synchronisations",
                "result",
                "Synchronisations with LDAP by result");
        publishFailures = Counter.builder("signet.directory.changes.failures")
                .description("Rounds of the change feed that failed at Kafka or PostgreSQL")
                .register(registry);
        Gauge.builder("signet.directory.outbox.pending", outboxPending, AtomicLong::doubleValue)
                .description("Committed changes that are not yet published, as this instance last saw them")
                .register(registry);
        Gauge.builder("signet.directory.outbox.oldest", outboxOldest, oldest -> oldest.get() / 1000.0)
                .baseUnit("seconds")
                .description("Since when the oldest of them waits")
                .register(registry);
        Gauge.builder("signet.directory.changes.round.age", lastRound, DirectoryMetrics::secondsSince)
                .baseUnit("seconds")
                .description("Time since this instance last ended a round of the change feed, as publisher or stand-by")
                .register(registry);
    }

    public void authenticated(Authentication result) {
        authentications.get(result).increment();
    }

    public void published(Published kind) {
        published.get(kind).increment();
    }

    public void importLine(ImportLine result) {
        importLines.get(result).increment();
    }

    public void synchronised(Synchronised result) {
        synchronisations.get(result).increment();
    }

    public void publishFailed() {
        publishFailures.increment();
    }

    public void roundEnded() {
        lastRound.set(System.nanoTime());
    }

    /** What was pending when this instance last looked. */
    public void outbox(long rows, Duration waited) {
        outboxPending.set(rows);
        outboxOldest.set(waited.toMillis());
    }

    /** Shows a client's own metrics, as far as {@link KafkaMeters} lets them, until what this returns is closed. */
    public KafkaClientMetrics show(Producer<?, ?> producer) {
        var client = new KafkaClientMetrics(producer, List.of(), looks);
        client.bindTo(registry);
        return client;
    }

    @PreDestroy
    void close() {
        looks.shutdownNow();
    }

    private static double secondsSince(AtomicLong nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime.get()).toMillis() / 1000.0;
    }

    private static <E extends Enum<E>> Map<E, Counter> counters(
            MeterRegistry registry, Class<E> labels, String name, String label, String description) {
        var counters = new EnumMap<E, Counter>(labels);
        for (E value : labels.getEnumConstants()) {
            counters.put(
                    value,
                    Counter.builder(name)
                            .tag(label, value.name().toLowerCase(Locale.ROOT))
                            .description(description)
                            .register(registry));
        }
        return counters;
    }
}
