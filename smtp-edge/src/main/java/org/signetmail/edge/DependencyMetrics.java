package org.signetmail.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Metrics of what the edge calls: Kafka and directory-service. Each is there from the start, at zero. */
@ApplicationScoped
public class DependencyMetrics {
    /** What directory-service is asked for. */
    public enum DirectoryCall {
        AUTHENTICATION,
        VERIFIER,
        SUBMITTER,
        /** That an application password was used. */
        USE
    }

    /** How a call ended. */
    public enum CallResult {
        ANSWERED,
        /** No connection, no answer in time, or an answer that says nothing. */
        FAILED
    }

    /** How a record ended. */
    public enum RecordResult {
        ACKNOWLEDGED,
        FAILED
    }

    /** Topics that the edge writes. */
    public enum Topic {
        SUBMISSIONS,
        OUTBOUND,
        REJECTIONS,
        RETRIES,
        UNDELIVERABLE,
        QUEUE_ORDERS,
        COUNTS,
        OTHER;

        private static final Map<String, Topic> BY_NAME = new HashMap<>();

        static {
            Arrays.stream(values())
                    .forEach(topic -> BY_NAME.put("signet." + topic.label().replace('_', '-'), topic));
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Topic of(String name) {
            return BY_NAME.getOrDefault(name, OTHER);
        }
    }

    private static final Duration[] BUCKETS =
            Stream.of(2, 5, 20, 100, 500, 2000, 5000).map(Duration::ofMillis).toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<DirectoryCall, Map<CallResult, Timer>> calls;
    private final Map<Topic, Map<RecordResult, Timer>> records;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("kafka-metrics").factory());

    public DependencyMetrics(MeterRegistry registry) {
        this.registry = registry;
        calls = timers(
                DirectoryCall.class,
                CallResult.class,
                (call, result) -> Timer.builder("signet.edge.directory.calls")
                        .description("Calls of directory-service, by what it is asked for and how they ended")
                        .tag("call", call.name().toLowerCase(Locale.ROOT))
                        .tag("result", result.name().toLowerCase(Locale.ROOT)));
        records = timers(
                Topic.class,
                RecordResult.class,
                (topic, result) -> Timer.builder("signet.edge.kafka.records")
                        .description(
                                "Records written, by topic, from handing them to the producer to their acknowledgement")
                        .tag("topic", topic.label())
                        .tag("result", result.name().toLowerCase(Locale.ROOT)));
    }

    private <A extends Enum<A>, B extends Enum<B>> Map<A, Map<B, Timer>> timers(
            Class<A> first, Class<B> second, BiFunction<A, B, Timer.Builder> meter) {
        var timers = new EnumMap<A, Map<B, Timer>>(first);
        for (A a : first.getEnumConstants()) {
            var row = new EnumMap<B, Timer>(second);
            for (B b : second.getEnumConstants()) {
                row.put(b, meter.apply(a, b).serviceLevelObjectives(BUCKETS).register(registry));
            }
            timers.put(a, row);
        }
        return timers;
    }

    public void called(DirectoryCall call, CallResult result, Duration time) {
        calls.get(call).get(result).record(time);
    }

    public void written(String topic, RecordResult result, Duration time) {
        records.get(Topic.of(topic)).get(result).record(time);
    }

    /** Shows a client's own metrics, as far as {@link KafkaMeters} lets them, until what this returns is closed. */
    public KafkaClientMetrics show(Producer<?, ?> producer) {
        return shown(new KafkaClientMetrics(producer, List.of(), looks));
    }

    /** The same of a consumer. */
    public KafkaClientMetrics show(Consumer<?, ?> consumer) {
        return shown(new KafkaClientMetrics(consumer, List.of(), looks));
    }

    private KafkaClientMetrics shown(KafkaClientMetrics client) {
        client.bindTo(registry);
        return client;
    }

    @PreDestroy
    void close() {
        looks.shutdownNow();
    }
}
