package org.signetmail.edge.event;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.signetmail.edge.DependencyMetrics;
import org.signetmail.edge.event.EventProducer.Partitioning;

/** Producers as the edge has them. */
public final class TestProducers {
    private static final long BUFFER_OCTETS = 64L * 1024 * 1024;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestProducers() {}

    public static EventProducer byKey(Map<String, Object> broker, Duration acknowledgeWithin) {
        return producer(broker, acknowledgeWithin, Partitioning.BY_KEY);
    }

    public static EventProducer byBatch(Map<String, Object> broker, Duration acknowledgeWithin) {
        return producer(broker, acknowledgeWithin, Partitioning.BY_BATCH);
    }

    private static EventProducer producer(
            Map<String, Object> broker, Duration acknowledgeWithin, Partitioning partitioning) {
        return new EventProducer(
                "test-" + NUMBER.incrementAndGet(),
                broker,
                acknowledgeWithin,
                partitioning,
                BUFFER_OCTETS,
                new DependencyMetrics(new SimpleMeterRegistry()));
    }
}
