package org.signetmail.edge.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signetmail.local.process.Ports;

/** What the client's 250 depends on, when Kafka is not there. */
class OutboundWriterTest {
    private static final OutboundMessage MESSAGE = new OutboundMessage(
            "id",
            "alice@example.test",
            List.of("bob@example.test"),
            false,
            Instant.EPOCH,
            0,
            Optional.empty(),
            Optional.empty(),
            List.of("example.test"),
            DeliveryParameters.NONE,
            new byte[2_000_000]);

    @Test
    void aBrokerThatIsAwayIsNoticedInTime() {
        assertNotAcknowledged("127.0.0.1:" + Ports.free(), Duration.ofSeconds(2));
    }

    @Test
    void aBrokerWhoseNameDoesNotResolveIsAwayToo() {
        assertNotAcknowledged("kafka.invalid:9092", Duration.ofSeconds(2));
    }

    private static void assertNotAcknowledged(String bootstrapServers, Duration within) {
        try (var producer = TestProducers.byBatch(Map.of("bootstrap.servers", bootstrapServers), within)) {
            var writer = new OutboundWriter(producer, Clock.systemUTC());
            Instant start = Instant.now();
            assertThrows(NotAcknowledged.class, () -> writer.write(MESSAGE));
            Duration taken = Duration.between(start, Instant.now());
            assertTrue(taken.compareTo(within.plusSeconds(1)) < 0, taken::toString);
        }
    }

    @Test
    void theHeadersAreThoseOfTheContract() {
        var event = new CloudEvent(
                "id", CloudEvent.Type.OUTBOUND, Instant.parse("2026-01-15T10:00:00.123456Z"), Optional.of("00-a-b-01"));
        var headers = event.headers();
        OutboundHeaders.write(headers, MESSAGE, Optional.of(Instant.parse("2026-01-15T10:01:00Z")));
        var text = new StringBuilder();
        headers.forEach(header -> text.append(header.key() + ": " + CloudEvent.text(header) + "\n"));
        assertEquals("""
                ce_specversion: 1.0
                ce_id: id
                ce_type: org.signetmail.outbound.v1
                ce_source: /signet/smtp-edge
                ce_time: 2026-01-15T10:00:00.123Z
                content-type: message/rfc822
                traceparent: 00-a-b-01
                signet_mail_from: alice@example.test
                signet_rcpt: bob@example.test
                signet_received_at: 1970-01-01T00:00:00Z
                signet_due: 2026-01-15T10:01:00Z
                signet_from_domain: example.test
                """, text.toString());
    }
}
