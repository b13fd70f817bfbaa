package org.signetmail.edge.event;

import java.time.Duration;
import java.util.Map;
import org.signetmail.edge.event.EventProducer.Partitioning;

/** Producers as the edge has them. */
public final class TestProducers {
    private static final long BUFFER_OCTETS = 64L * 1024 * 1024;

    private TestProducers() {}

    public static EventProducer byKey(Map<String, Object> broker, Duration acknowledgeWithin) {
        return new EventProducer(broker, acknowledgeWithin, Partitioning.BY_KEY, BUFFER_OCTETS);
    }

    public static EventProducer byBatch(Map<String, Object> broker, Duration acknowledgeWithin) {
        return new EventProducer(broker, acknowledgeWithin, Partitioning.BY_BATCH, BUFFER_OCTETS);
    }
}
