package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.event.CloudEvent;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.edge.relay.Couriers.End;

class IntakeTest {
    private static final TopicPartition OUTBOUND = new TopicPartition(OutboundWriter.OUTBOUND, 0);
    private static final TopicPartition RETRIES = new TopicPartition(OutboundWriter.RETRIES, 1);

    private final Intake intake = new Intake(100, new RelayMetrics(new SimpleMeterRegistry()));

    /** A courier has it written to signet.retries, and a slow machine reads it there before the courier says so. */
    @Test
    void aHeldMessageThatIsReadAgainTooSoonIsNoDuplicate() {
        InHand held = intake.arrive(record(OUTBOUND, 5)).orElseThrow();
        assertEquals(Optional.empty(), intake.arrive(record(RETRIES, 7)));
        InHand next = intake.finished(held, End.HELD).orElseThrow();
        assertEquals(RETRIES, next.first().partition());
        assertEquals(6, committable(OUTBOUND));
        assertEquals(7, committable(RETRIES), "it is not settled");

        assertEquals(Optional.empty(), intake.finished(next, End.SETTLED));
        assertEquals(8, committable(RETRIES));
    }

    @Test
    void aDuplicateOfWhatWasDeliveredMeanwhileIsDropped() {
        InHand mail = intake.arrive(record(OUTBOUND, 5)).orElseThrow();
        assertEquals(Optional.empty(), intake.arrive(record(OUTBOUND, 6)));
        assertEquals(Optional.empty(), intake.finished(mail, End.SETTLED));
        assertEquals(7, committable(OUTBOUND));
        assertEquals(Optional.empty(), intake.arrive(record(OUTBOUND, 7)));
        assertEquals(8, committable(OUTBOUND));
    }

    @Test
    void aDuplicateOfWhatIsLeftOpenIsDelivered() {
        InHand mail = intake.arrive(record(OUTBOUND, 5)).orElseThrow();
        assertEquals(Optional.empty(), intake.arrive(record(OUTBOUND, 6)));
        InHand next = intake.finished(mail, End.OPEN).orElseThrow();
        assertNotEquals(mail, next);
        assertEquals(Optional.empty(), intake.finished(next, End.SETTLED));
        assertEquals(5, committable(OUTBOUND), "the other one is open as before");
    }

    private long committable(TopicPartition partition) {
        return intake.committable().get(partition).offset();
    }

    private static ConsumerRecord<String, byte[]> record(TopicPartition partition, long offset) {
        var record = new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "id", new byte[1]);
        Map.of(
                        "ce_id", "id",
                        "signet_part", "1",
                        "signet_parts", "1",
                        "signet_mail_from", "alice@example.test",
                        "signet_rcpt", "bob@example.test",
                        "signet_received_at", Instant.EPOCH.toString())
                .forEach((name, value) -> CloudEvent.add(record.headers(), name, value));
        return record;
    }
}
