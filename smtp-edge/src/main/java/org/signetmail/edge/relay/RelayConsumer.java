package org.signetmail.edge.relay;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** How the relay reads from Kafka. */
final class RelayConsumer {
    private static final String GROUP = "signet-relay";
    /** At 512 KiB a record at most 50 MiB a poll, in the worst case only. */
    private static final int RECORDS_PER_POLL = 100;

    private static final int FETCH_AT_LEAST = 64 * 1024;
    private static final int FETCH_WITHIN_MILLIS = 20;

    private RelayConsumer() {}

    /** @throws org.apache.kafka.common.KafkaException when no broker's name resolves; an absent broker is no failure */
    static Consumer<String, byte[]> open(Map<String, Object> broker) {
        var settings = new HashMap<>(broker);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
        // Nobody waits for a message that was answered: some come together, none later than that.
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_AT_LEAST);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WITHIN_MILLIS);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        // Only partitions that change hands stop; the eager protocol would abandon every delivery at each rebalance.
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
