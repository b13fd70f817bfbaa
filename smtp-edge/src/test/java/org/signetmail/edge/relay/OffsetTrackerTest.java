package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetTrackerTest {
    private static final TopicPartition PARTITION = new TopicPartition("signet.outbound", 0);

    private final OffsetTracker tracker = new OffsetTracker();

    private static Position at(long offset) {
        return new Position(PARTITION, offset);
    }

    private void assertCommittable(long offset) {
        assertEquals(
                Optional.of(offset),
                Optional.ofNullable(tracker.committable().get(PARTITION)).map(OffsetAndMetadata::offset));
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
    void whatIsSettledBehindAnOpenRecordIsSettledForWhoeverComesNext() {
        for (long offset = 100; offset < 200; offset++) {
            tracker.open(at(offset));
        }
        for (long offset = 101; offset < 190; offset += offset % 7 == 0 ? 3 : 1) {
            tracker.settle(at(offset));
        }
        OffsetAndMetadata committed = tracker.committable().get(PARTITION);
        tracker.committed(tracker.committable());
        assertEquals(Map.of(), tracker.committable());
        tracker.settle(at(199));
        assertEquals(100, tracker.committable().get(PARTITION).offset());

        var next = new OffsetTracker();
        next.resume(PARTITION, Beyond.of(committed));
        for (long offset = 100; offset < 210; offset++) {
            boolean settled = offset > 100 && offset < 190 && !(offset % 7 == 1 || offset % 7 == 2);
            assertEquals(!settled, next.open(at(offset)), "offset " + offset);
        }
        assertEquals(committed.offset(), next.committable().get(PARTITION).offset());
    }

    @Test
    void ofTooManyOpenRecordsTheFirstAreTold() {
        for (long offset = 0; offset < 20_000; offset++) {
            tracker.open(at(offset));
            if (offset % 2 == 1) {
                tracker.settle(at(offset));
            }
        }
        OffsetAndMetadata committed = tracker.committable().get(PARTITION);
        assertTrue(committed.metadata().length() <= 4096, committed::metadata);
        Beyond beyond = Beyond.of(committed);
        assertTrue(beyond.settled(1) && beyond.settled(1_001));
        assertFalse(
                beyond.settled(0) || beyond.settled(1_000) || beyond.settled(beyond.to()) || beyond.settled(19_999));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "by hand", "1;", "1;=", "1;x,!=3", "1;4,"})
    void metadataThatSayNothingSettleNothing(String metadata) {
        Beyond beyond = Beyond.of(new OffsetAndMetadata(5, metadata));
        assertFalse(beyond.settled(5) || beyond.settled(6) || beyond.settled(100));
    }

    @Test
    void aRecordOfAPartitionThatIsGoneHasNoEffect() {
        tracker.open(at(5));
        tracker.forget(List.of(PARTITION));
        tracker.settle(at(5));
        assertEquals(Map.of(), tracker.committable());
    }
}
