package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {
    private static final TopicPartition PARTITION = new TopicPartition("signet.outbound", 0);

    private final OffsetTracker tracker = new OffsetTracker();

    private static Position at(long offset) {
        return new Position(PARTITION, offset);
    }

    private void assertCommittable(long offset) {
        assertEquals(Map.of(PARTITION, new OffsetAndMetadata(offset)), tracker.committable());
    }

    @Test
    void nothingBehindAnOpenRecordIsCommitted() {
        tracker.open(at(5));
        tracker.open(at(6));
        tracker.open(at(9));
        tracker.settle(at(6));
        assertCommittable(5);
        tracker.settle(at(5));
        assertCommittable(9);
        tracker.settle(at(9));
        assertCommittable(10);
    }

    @Test
    void whatIsCommittedIsNotCommittedAgain() {
        tracker.open(at(5));
        tracker.settle(at(5));
        tracker.committed(tracker.committable());
        assertEquals(Map.of(), tracker.committable());
    }

    @Test
    void aRecordOfAPartitionThatIsGoneHasNoEffect() {
        tracker.open(at(5));
        tracker.forget(List.of(PARTITION));
        tracker.settle(at(5));
        assertEquals(Map.of(), tracker.committable());
    }
}
