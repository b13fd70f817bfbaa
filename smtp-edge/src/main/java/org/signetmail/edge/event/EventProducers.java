package org.signetmail.edge.event;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.signetmail.edge.DependencyMetrics;
import org.signetmail.edge.event.EventProducer.Partitioning;

/**
 * The producers of this edge. A broker takes the requests of one connection one after the other, and an acknowledgement
 * may wait for its disk, so what differs in haste has a connection of its own.
 */
@Singleton
class EventProducers {
    private static final long MIB = 1024 * 1024;

    private final Map<String, Object> broker;
    private final KafkaConfig config;
    private final DependencyMetrics metrics;

    EventProducers(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            KafkaConfig config,
            DependencyMetrics metrics) {
        this.broker = broker;
        this.config = config;
        this.metrics = metrics;
    }

    /** For all that has no own. */
    @Produces
    @Singleton
    EventProducer events() {
        return producer("events", Partitioning.BY_KEY, 16 * MIB);
    }

    /** For submissions, whose clients wait for the verdict. */
    @Produces
    @Singleton
    @Identifier("questions")
    EventProducer questions() {
        return producer("questions", Partitioning.BY_KEY, 16 * MIB);
    }

    /** For messages: room for the parts of a few of 25 MiB at once. */
    @Produces
    @Singleton
    @Identifier("messages")
    EventProducer messages() {
        return producer("messages", Partitioning.BY_BATCH, 64 * MIB);
    }

    /** For the relay: a backlog that it sets aside delays no client's answer. */
    @Produces
    @Singleton
    @Identifier("relay")
    EventProducer relay() {
        return producer("relay", Partitioning.BY_KEY, 32 * MIB);
    }

    private EventProducer producer(String name, Partitioning partitioning, long bufferOctets) {
        return new EventProducer(name, broker, config.acknowledgeWithin(), partitioning, bufferOctets, metrics);
    }

    void close(@Disposes @Any EventProducer producer) {
        producer.close();
    }
}
