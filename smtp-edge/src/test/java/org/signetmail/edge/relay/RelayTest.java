package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.edge.relay.RelayFixture.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.event.CloudEvent;
import org.signetmail.edge.event.OutboundHeaders;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.process.Ports;

/** From signet.outbound to a next hop that fails on demand, on a real broker. */
class RelayTest {
    private static LocalBroker broker;

    private FakeNextHop hop;
    private RelayFixture relay;

    @BeforeAll
    static void startBroker(@TempDir Path directory) {
        broker = LocalBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void startHop() {
        hop = FakeNextHop.smtp(Ports.free());
    }

    @AfterEach
    void stop() {
        if (relay != null) {
            relay.close();
        }
        hop.close();
    }

    private void start(String... settings) {
        var all = new HashMap<>(Map.of("signet.relay.next-hop", hop.uri()));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("signet.relay." + settings[i], settings[i + 1]);
        }
        relay = new RelayFixture(broker.bootstrapServers(), all);
    }

    private void awaitReceived(int number) throws InterruptedException {
        Eventually.await(number + " messages at the next hop", () -> hop.received.size() >= number);
        Eventually.await("every offset committed", relay::allCommitted);
        assertEquals(number, hop.received.size());
    }

    @Test
    void aMessageInPartsArrivesOctetForOctet() throws Exception {
        start();
        var content = new byte[3 * 1024 * 1024];
        var random = new Random(1);
        for (int i = 0; i < content.length; i++) {
            boolean lineEnd = i % 100 >= 98;
            content[i] = (byte) (lineEnd ? (i % 100 == 98 ? '\r' : '\n') : 32 + random.nextInt(95));
        }
        content[content.length - 2] = '\r';
        content[content.length - 1] = '\n';

        relay.writer.write(message(content, "bob@example.test"));

        awaitReceived(1);
        assertArrayEquals(content, hop.received.getFirst().content());
        assertTrue(
                hop.received.getFirst().mail().contains(" SIZE=" + content.length),
                hop.received.getFirst().mail());
    }

    @Test
    void dotsLongLinesAndEightBitsArriveUnchanged() throws Exception {
        start();
        String content = ".\r\n..two\r\n.x\r\na.b\r\n" + "y".repeat(998) + "\r\n.\r\n\r\nGrüße\r\n..\r\n";

        relay.writer.write(message(content, "bob@example.test"));

        awaitReceived(1);
        assertArrayEquals(
                content.getBytes(StandardCharsets.UTF_8),
                hop.received.getFirst().content());
        assertTrue(hop.received.getFirst().mail().endsWith(" BODY=8BITMIME"));
    }

    @Test
    void oneRecipientOfThreeIsRefused() throws Exception {
        hop.atRcpt = recipient -> recipient.startsWith("nobody") ? "550 5.1.1 No such user" : "250 ok";
        start();
        OutboundMessage message =
                message("Subject: x\r\n\r\nbody\r\n", "a@example.test", "nobody@example.test", "b@example.test");

        relay.writer.write(message);

        awaitReceived(1);
        assertEquals(
                List.of("a@example.test", "b@example.test"),
                hop.received.getFirst().recipients());
        JsonNode report = relay.undeliverable(message.id()).getFirst();
        assertEquals(1, report.get("recipients").size());
        JsonNode recipient = report.get("recipients").get(0);
        assertEquals("nobody@example.test", recipient.get("address").asText());
        assertEquals("5.1.1", recipient.get("status").asText());
        assertEquals("550 5.1.1 No such user", recipient.get("diagnostic").asText());
        assertArrayEquals(
                "Subject: x\r\n".getBytes(StandardCharsets.UTF_8),
                report.get("headerBase64").binaryValue());
        assertEquals(2, relay.count("recipients", "result", "delivered"));
        assertEquals(1, relay.count("recipients", "result", "failed"));
        assertEquals(1, relay.count("undeliverable", "report", "sent"));
    }

    @Test
    void aMessageWithoutSenderIsNotReported() throws Exception {
        hop.atRcpt = _ -> "550 no";
        start();
        OutboundMessage message = message("x\r\n", "nobody@example.test");
        OutboundMessage bounce = RelayFixture.from(message, "", message.account());

        relay.writer.write(bounce);

        Eventually.await("dropped", () -> relay.count("undeliverable", "report", "none") == 1);
        Eventually.await("every offset committed", relay::allCommitted);
        assertEquals(List.of(), relay.undeliverable(message.id()));
        assertTrue(hop.commands.stream().anyMatch(line -> line.startsWith("MAIL FROM:<> ")), hop.commands::toString);
    }

    @Test
    void whatIsDeferredGoesOutLaterAndOnlyToTheRest() throws Exception {
        var refusals = new AtomicInteger(2);
        hop.atRcpt = recipient ->
                recipient.startsWith("busy") && refusals.getAndDecrement() > 0 ? "451 4.3.0 Later" : "250 ok";
        start();
        var content = new byte[700_000];
        Arrays.fill(content, (byte) 'x');
        content[content.length - 2] = '\r';
        content[content.length - 1] = '\n';
        OutboundMessage message = message(content, "a@example.test", "busy@example.test");

        relay.writer.write(message);

        awaitReceived(2);
        assertEquals(List.of("a@example.test"), hop.received.get(0).recipients());
        assertEquals(List.of("busy@example.test"), hop.received.get(1).recipients());
        assertArrayEquals(content, hop.received.get(1).content());
        List<ConsumerRecord<String, byte[]>> retries = relay.records(OutboundWriter.RETRIES).stream()
                .filter(record -> record.key().equals(message.id()))
                .toList();
        assertEquals(4, retries.size(), "two attempts of two parts");
        assertEquals(
                "2", CloudEvent.text(retries.get(2).headers(), "signet_attempt").orElseThrow());
        Instant due = Instant.parse(
                CloudEvent.text(retries.get(0).headers(), OutboundHeaders.DUE).orElseThrow());
        Duration delay = Duration.between(Instant.ofEpochMilli(retries.get(0).timestamp()), due);
        assertTrue(delay.compareTo(Duration.ofMillis(200)) <= 0 && !delay.isNegative(), delay::toString);
    }

    @Test
    void whatIsDeferredTooLongIsUndeliverable() throws Exception {
        hop.atRcpt = _ -> "452 4.2.2 Mailbox full";
        start("give-up-after", "700ms");
        OutboundMessage message = message("x\r\n", "full@example.test");

        relay.writer.write(message);

        Eventually.await("given up", () -> relay.count("undeliverable", "report", "sent") == 1);
        JsonNode recipient =
                relay.undeliverable(message.id()).getFirst().get("recipients").get(0);
        assertEquals("4.4.7", recipient.get("status").asText());
        assertEquals("452 4.2.2 Mailbox full", recipient.get("diagnostic").asText());
        assertTrue(
                relay.meters.get("signet.edge.relay.retries.queued").counter().count() >= 1);
    }

    @Test
    void nothingIsLostNorSetAsideWhileTheNextHopIsAway() throws Exception {
        hop.disappear();
        start("concurrency", "4");
        Instant away = Instant.now();
        for (int i = 0; i < 20; i++) {
            relay.writer.write(message(i + "\r\n", "bob@example.test"));
        }
        Eventually.await(
                "deliveries waiting",
                () -> relay.meters.get("signet.edge.relay.waiting").gauge().value() == 4);
        Eventually.await("three seconds", () -> Instant.now().isAfter(away.plusSeconds(3)));
        hop.listen();

        awaitReceived(20);
        assertEquals(
                0,
                relay.meters.get("signet.edge.relay.retries.queued").counter().count());
    }

    @Test
    void anUnsettledMessageIsDeliveredAfterARestart() throws Exception {
        hop.disappear();
        start();
        relay.writer.write(message("kept\r\n", "bob@example.test"));
        Eventually.await(
                "delivery waiting",
                () -> relay.meters.get("signet.edge.relay.waiting").gauge().value() == 1);
        relay.close();
        hop.listen();

        start();

        awaitReceived(1);
    }

    @Test
    void aSessionThatBreaksInDataIsTriedAgain() throws Exception {
        hop.breakInData.set(1);
        start();
        relay.writer.write(message("x\r\n", "bob@example.test"));
        awaitReceived(1);
        assertEquals(
                0,
                relay.meters.get("signet.edge.relay.retries.queued").counter().count());
    }

    @Test
    void aMessageThatBreaksEverySessionGetsOutOfTheWay() throws Exception {
        hop.breakInData.set(3);
        start("concurrency", "1");
        relay.writer.write(message("x\r\n", "bob@example.test"));
        awaitReceived(1);
        assertEquals(
                1,
                relay.meters.get("signet.edge.relay.retries.queued").counter().count());
    }

    @Test
    void theSameIdIsDeliveredOnce() throws Exception {
        start();
        OutboundMessage message = message("x\r\n", "bob@example.test");
        relay.writer.write(message);
        relay.writer.write(message);
        Eventually.await("duplicate", () -> relay.count("dropped", "reason", "duplicate") == 1);
        awaitReceived(1);
    }

    @Test
    void aRecordThatNobodyCanReadIsSkipped() throws Exception {
        start();
        relay.producer.sendAndAwait(new ProducerRecord<>(OutboundWriter.OUTBOUND, "key", new byte[] {1}));
        Eventually.await("skipped", () -> relay.count("dropped", "reason", "unreadable") == 1);
        Eventually.await("every offset committed", relay::allCommitted);
    }

    @Test
    void aMessageWithoutItsLastPartIsDroppedInTheEnd() throws Exception {
        start("incomplete-after", "500ms");
        var headers = new CloudEvent("cut-off", CloudEvent.Type.OUTBOUND, Instant.now(), Optional.empty()).headers();
        CloudEvent.add(headers, OutboundHeaders.PART, "1");
        CloudEvent.add(headers, OutboundHeaders.PARTS, "2");
        CloudEvent.add(headers, "signet_mail_from", "");
        CloudEvent.add(headers, "signet_rcpt", "bob@example.test");
        CloudEvent.add(headers, "signet_received_at", "2026-01-15T10:00:00Z");
        relay.producer.sendAndAwait(
                new ProducerRecord<>(OutboundWriter.OUTBOUND, null, "cut-off", new byte[9], headers));

        Eventually.await("dropped", () -> relay.count("dropped", "reason", "incomplete") == 1);
        Eventually.await("every offset committed", relay::allCommitted);
        assertEquals(0, hop.received.size());
    }

    @Test
    void lmtpAnswersForEachRecipient() throws Exception {
        hop.close();
        hop = FakeNextHop.lmtp(Ports.free());
        var refusals = new AtomicInteger(1);
        hop.afterContent = recipient -> switch (recipient.charAt(0)) {
            case 'n' -> "550 5.2.1 Disabled";
            case 'l' -> refusals.getAndDecrement() > 0 ? "451 4.2.0 Locked" : "250 ok";
            default -> "250 ok";
        };
        start();
        OutboundMessage message = message("x\r\n", "a@example.test", "nobody@example.test", "locked@example.test");

        relay.writer.write(message);

        awaitReceived(2);
        assertEquals(List.of("locked@example.test"), hop.received.get(1).recipients());
        assertEquals(
                "nobody@example.test",
                relay.undeliverable(message.id())
                        .getFirst()
                        .get("recipients")
                        .get(0)
                        .get("address")
                        .asText());
        assertEquals(2, relay.count("recipients", "result", "delivered"));
    }

    @Test
    void sessionsAreUsedAgainAndDeadOnesReplacedSilently() throws Exception {
        start("concurrency", "1");
        relay.writer.write(message("1\r\n", "bob@example.test"));
        relay.writer.write(message("2\r\n", "bob@example.test"));
        awaitReceived(2);
        assertEquals(1, hop.connections.get());

        hop.cutSessions();
        relay.writer.write(message("3\r\n", "bob@example.test"));

        awaitReceived(3);
        assertEquals(2, hop.connections.get());
        assertEquals(
                0, relay.meters.get("signet.edge.relay.hop.trouble").counter().count());
    }

    @Test
    void instancesComeAndGoWithoutLoss() throws Exception {
        start();
        write(0, 100);
        try (var second = new RelayFixture(broker.bootstrapServers(), Map.of("signet.relay.next-hop", hop.uri()))) {
            write(100, 200);
            relay.close();
            for (int i = 200; i < 300; i++) {
                second.writer.write(message(i + "\r\n", "bob@example.test"));
            }
            Eventually.await("all messages", () -> distinct() == 300);
            Eventually.await("every offset committed", second::allCommitted);
        }
    }

    private void write(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            relay.writer.write(message(i + "\r\n", "bob@example.test"));
        }
    }

    private int distinct() {
        return hop.received.stream()
                .map(received -> new String(received.content(), StandardCharsets.UTF_8))
                .collect(Collectors.toSet())
                .size();
    }
}
