package org.signetmail.local.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** The contract's file of topics, as this broker creates them. */
class TopicsTest {
    private final Map<String, NewTopic> topics =
            Topics.read().stream().collect(Collectors.toMap(NewTopic::name, Function.identity()));

    @Test
    void everyTopicOfTheDesignIsThere() {
        assertEquals(
                Set.of(
                        "signet.submissions",
                        "signet.verdicts",
                        "signet.outbound",
                        "signet.retries",
                        "signet.rejections",
                        "signet.undeliverable",
                        "signet.directory-changes",
                        "signet.queue-orders",
                        "signet.counts"),
                topics.keySet());
    }

    @Test
    void whatIsAcknowledgedIsOnDisk() {
        NewTopic outbound = topics.get("signet.outbound");
        assertEquals(16, outbound.numPartitions());
        assertEquals(Map.of("retention.ms", "604800000", "flush.messages", "1"), outbound.configs());
    }

    @Test
    void directoryChangesAreOneCompactedPartition() {
        NewTopic changes = topics.get("signet.directory-changes");
        assertEquals(1, changes.numPartitions());
        assertEquals(Map.of("cleanup.policy", "compact"), changes.configs());
    }

    @Test
    void threeBrokersNeedNoSync() {
        NewTopic outbound = withOptions(BrokerOptions.ONE_BROKER.withBrokers(3)).get("signet.outbound");
        assertEquals(3, outbound.replicationFactor());
        assertEquals(Map.of("retention.ms", "604800000"), outbound.configs());
    }

    @Test
    void onlyPartitionsThatShareALoadAreAsMany() {
        Map<String, NewTopic> asked = withOptions(BrokerOptions.ONE_BROKER.withPartitions(64));
        assertEquals(64, asked.get("signet.submissions").numPartitions());
        assertEquals(32, asked.get("signet.retries").numPartitions(), "each is a delay or a line");
        assertEquals(1, asked.get("signet.directory-changes").numPartitions(), "they are in order");
    }

    private static Map<String, NewTopic> withOptions(BrokerOptions options) {
        return Topics.read(options).stream().collect(Collectors.toMap(NewTopic::name, Function.identity()));
    }
}
