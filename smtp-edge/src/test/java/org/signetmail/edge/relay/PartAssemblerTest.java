package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.event.CloudEvent;
import org.signetmail.edge.relay.PartAssembler.Arrival;

/** Parts of several writers, repeated, begun anew, never finished. */
class PartAssemblerTest {
    private static final TopicPartition PARTITION = new TopicPartition("signet.outbound", 0);
    private static final Instant WRITTEN = Instant.parse("2026-01-15T10:00:00Z");

    private final PartAssembler assembler = new PartAssembler();
    private long offset;

    private Arrival add(String id, int number, int count, String text) {
        var headers = new RecordHeaders();
        if (number == 1) {
            CloudEvent.add(headers, "signet_mail_from", "alice@example.test");
            CloudEvent.add(headers, "signet_rcpt", "bob@example.test");
            CloudEvent.add(headers, "signet_received_at", "2026-01-15T10:00:00Z");
        }
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        var position = new Position(PARTITION, offset++);
        return assembler.add(new Part(position, id, number, count, WRITTEN.plusSeconds(offset), headers, octets));
    }

    private static String text(Arrival arrival) {
        var whole = assertInstanceOf(Arrival.Whole.class, arrival);
        return new String(whole.mail().message().content(), StandardCharsets.US_ASCII);
    }

    private static List<Long> offsets(Arrival arrival) {
        return assertInstanceOf(Arrival.Whole.class, arrival).mail().positions().stream()
                .map(Position::offset)
                .toList();
    }

    @Test
    void interleavedWritersAreKeptApart() {
        add("a", 1, 2, "a1");
        add("b", 1, 3, "b1");
        add("b", 2, 3, "b2");
        assertEquals("a1a2", text(add("a", 2, 2, "a2")));
        Arrival last = add("b", 3, 3, "b3");
        assertEquals("b1b2b3", text(last));
        assertEquals(List.of(1L, 2L, 4L), offsets(last));
        assertEquals(0, assembler.incomplete());
    }

    @Test
    void repeatedPartsCountOnceAndAreSettledWithTheRest() {
        add("a", 1, 3, "1");
        add("a", 2, 3, "2");
        add("a", 2, 3, "2");
        Arrival whole = add("a", 3, 3, "3");
        assertEquals("123", text(whole));
        assertEquals(List.of(0L, 1L, 2L, 3L), offsets(whole));
    }

    @Test
    void aWriterThatBeginsAnewLeavesNothingBehind() {
        add("a", 1, 3, "old");
        add("a", 2, 3, "old");
        add("a", 1, 2, "new");
        Arrival whole = add("a", 2, 2, "er");
        assertEquals("newer", text(whole));
        assertEquals(List.of(0L, 1L, 2L, 3L), offsets(whole));
    }

    @Test
    void aGapIsNeverClosedByWhatFollows() {
        add("a", 1, 3, "1");
        assertInstanceOf(Arrival.Incomplete.class, add("a", 3, 3, "3"));
        assertEquals(1, assembler.incomplete());
    }

    @Test
    void aTailWithoutItsBeginningIsStray() {
        assertInstanceOf(Arrival.Stray.class, add("a", 2, 2, "2"));
        assertEquals(0, assembler.incomplete());
    }

    @Test
    void aBeginningWithoutAnEnvelopeIsNoMessage() {
        var part = new Part(new Position(PARTITION, 0), "a", 1, 1, WRITTEN, new RecordHeaders(), new byte[0]);
        assertThrows(IllegalArgumentException.class, () -> assembler.add(part));
    }

    @Test
    void onlyWhatIsOlderThanItsPartitionsLimitIsDropped() {
        add("old", 1, 2, "x");
        add("young", 1, 2, "x");
        var dropped = assembler.drop(_ -> WRITTEN.plusSeconds(2));
        assertEquals(Set.of("old"), dropped.keySet());
        assertEquals(1, assembler.incomplete());
        assembler.forget(List.of(PARTITION));
        assertEquals(0, assembler.incomplete());
    }
}
