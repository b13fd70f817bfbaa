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
            Topics.read(1).stream().collect(Collectors.toMap(NewTopic::name, Function.identity()));

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

    /** Two copies before an acknowledgement are worth more than one on disk, and cost less. */
    @Test
    void whatIsCopiedNeedNotBeOnDisk() {
        NewTopic outbound = Topics.read(3).stream()
                .filter(topic -> topic.name().equals("signet.outbound"))
                .findFirst()
                .orElseThrow();
        assertEquals(3, outbound.replicationFactor());
        assertEquals(Map.of("retention.ms", "604800000"), outbound.configs());
    }

    @Test
    void directoryChangesAreOneCompactedPartition() {
        NewTopic changes = topics.get("signet.directory-changes");
        assertEquals(1, changes.numPartitions());
        assertEquals(Map.of("cleanup.policy", "compact"), changes.configs());
    }
}
