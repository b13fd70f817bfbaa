package org.signetmail.notifier.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import jakarta.inject.Singleton;
import java.util.Set;

/** Of the hundred metrics of each Kafka client those that somebody looks at; the README's table has them, too. */
@Singleton
public class KafkaMeters implements MeterFilter {
    private static final String KAFKA = "kafka.";
    static final Set<String> SHOWN = Set.of(
            "kafka.producer.record.send.total",
            "kafka.producer.record.error.total",
            "kafka.producer.record.retry.total",
            "kafka.producer.record.queue.time.avg",
            "kafka.producer.request.latency.avg",
            "kafka.producer.buffer.available.bytes",
            "kafka.producer.connection.count",
            "kafka.consumer.fetch.manager.records.consumed.total",
            "kafka.consumer.fetch.manager.records.lag",
            "kafka.consumer.fetch.manager.fetch.latency.avg",
            "kafka.consumer.coordinator.assigned.partitions",
            "kafka.consumer.coordinator.rebalance.total",
            "kafka.consumer.coordinator.commit.latency.avg",
            "kafka.consumer.connection.count");

    @Override
    public MeterFilterReply accept(Meter.Id meter) {
        return meter.getName().startsWith(KAFKA) && !SHOWN.contains(meter.getName())
                ? MeterFilterReply.DENY
                : MeterFilterReply.NEUTRAL;
    }
}
