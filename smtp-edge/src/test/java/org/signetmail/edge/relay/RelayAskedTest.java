package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.edge.relay.RelayFixture.asking;
import static org.signetmail.edge.relay.RelayFixture.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.command.Notify;
import org.signetmail.edge.command.RcptParameters;
import org.signetmail.edge.command.Ret;
import org.signetmail.edge.event.DeliveryParameters;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.process.Ports;

/** What a client asks of the delivery (DSN, FUTURERELEASE), and what it is told, on a real broker. */
class RelayAskedTest {
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
        relay.close();
        hop.close();
    }

    private void start(String... settings) {
        var all = new HashMap<>(Map.of("signet.relay.next-hop", hop.uri()));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("signet.relay." + settings[i], settings[i + 1]);
        }
        relay = new RelayFixture(broker.bootstrapServers(), all);
    }

    private static OutboundMessage dsn(OutboundMessage message, Notify... notify) {
        var asked = new RcptParameters(Set.of(notify), Optional.of("rfc822;b+2Bob@example.test"));
        return asking(
                message,
                new DeliveryParameters(
                        Optional.of(Ret.FULL),
                        Optional.of("QQ314"),
                        Map.of(message.recipients().getFirst(), asked),
                        false,
                        Optional.empty()));
    }

    private static OutboundMessage held(OutboundMessage message, Instant release) {
        return asking(
                message,
                new DeliveryParameters(Optional.empty(), Optional.empty(), Map.of(), false, Optional.of(release)));
    }

    private void awaitReceived(int number) throws InterruptedException {
        Eventually.await(number + " messages at the next hop", () -> hop.received.size() >= number);
        Eventually.await("every offset committed", relay::allCommitted);
        assertEquals(number, hop.received.size());
    }

    @Test
    void aHopThatOffersDsnIsAskedInOurPlace() throws Exception {
        hop.extensions = List.of("DSN");
        start();
        OutboundMessage message = dsn(message("x\r\n", "b+ob@example.test"), Notify.SUCCESS, Notify.DELAY);

        relay.writer.write(message);

        awaitReceived(1);
        assertEquals(
                "MAIL FROM:<alice@example.test> RET=FULL ENVID=QQ314",
                hop.received.getFirst().mail());
        assertTrue(
                hop.commands.contains(
                        "RCPT TO:<b+ob@example.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b+2Bob@example.test"),
                hop.commands::toString);
        assertEquals(List.of(), relay.undeliverable(message.id()));
    }

    @Test
    void ofAHopWithoutDsnTheSenderHearsFromUs() throws Exception {
        start();
        OutboundMessage message = dsn(message("x\r\n", "bob@example.test", "c@example.test"), Notify.SUCCESS);

        relay.writer.write(message);

        awaitReceived(1);
        assertTrue(hop.commands.contains("RCPT TO:<bob@example.test>"), hop.commands::toString);
        JsonNode report = relay.undeliverable(message.id()).getFirst();
        assertEquals("QQ314", report.get("envid").asText());
        assertEquals(1, report.get("recipients").size());
        JsonNode recipient = report.get("recipients").get(0);
        assertEquals("relayed", recipient.get("action").asText());
        assertEquals("2.0.0", recipient.get("status").asText());
        assertEquals(
                "rfc822;b+2Bob@example.test", recipient.get("originalRecipient").asText());
        assertEquals(1, relay.count("reported.recipients", "action", "relayed"));
    }

    @Test
    void neverIsKeptAlsoOfAFailure() throws Exception {
        hop.atRcpt = _ -> "550 5.1.1 No such user";
        start();
        OutboundMessage message = dsn(message("x\r\n", "nobody@example.test"), Notify.NEVER);
        relay.writer.write(message);
        Eventually.await("dropped", () -> relay.count("undeliverable", "report", "none") == 1);
        Eventually.await("every offset committed", relay::allCommitted);
        assertEquals(List.of(), relay.undeliverable(message.id()));
    }

    @Test
    void aDelayIsToldOnceAndTheMessageIsTriedOn() throws Exception {
        hop.atRcpt = _ -> "452 4.2.2 Mailbox full";
        start("delay-notice-after", "300ms", "retry-delays", "100ms");
        OutboundMessage message = message("x\r\n", "full@example.test");

        relay.writer.write(message);

        Eventually.await("told", () -> relay.count("reported.recipients", "action", "delayed") >= 1);
        hop.atRcpt = _ -> "250 ok";
        awaitReceived(1);
        JsonNode report = relay.undeliverable(message.id()).getFirst();
        assertEquals("delayed", report.get("recipients").get(0).get("action").asText());
        assertEquals("4.2.2", report.get("recipients").get(0).get("status").asText());
        assertEquals(
                message.receivedAt().plus(Duration.ofDays(5)).toEpochMilli(),
                Instant.parse(report.get("retryUntil").asText()).toEpochMilli());
    }

    @Test
    void aMessageThatGoesInCirclesIsCutOff() throws Exception {
        start("max-hops", "3");
        OutboundMessage message = message("Received: a\r\n".repeat(4) + "\r\nx\r\n", "bob@example.test");
        relay.writer.write(message);
        Eventually.await("reported", () -> relay.count("undeliverable", "report", "sent") == 1);
        assertEquals(
                "5.4.6",
                relay.undeliverable(message.id())
                        .getFirst()
                        .get("recipients")
                        .get(0)
                        .get("status")
                        .asText());
        assertEquals(0, hop.received.size());
    }

    @Test
    void aHeldMessageWaitsForItsTimeAndHoldsUpNobody() throws Exception {
        start("retry-delays", "100ms,400ms,30s");
        Instant release = Instant.now().plusSeconds(3);
        OutboundMessage held = held(message("held\r\n", "bob@example.test"), release);
        relay.writer.write(held);
        Eventually.await(
                "held",
                () -> relay.meters.get("signet.edge.relay.held").counter().count() >= 1);

        relay.writer.write(message("at once\r\n", "bob@example.test"));
        Eventually.await("the other", () -> hop.received.size() == 1);
        assertEquals("at once\r\n", hop.received.getFirst().text());
        assertTrue(Instant.now().isBefore(release), "the other one waits for nobody");

        Eventually.await("the held one", () -> hop.received.size() == 2);
        assertTrue(!Instant.now().isBefore(release), "it was held");
        assertEquals("held\r\n", hop.received.getLast().text());
        Eventually.await("every offset committed", relay::allCommitted);
        assertTrue(relay.meters.get("signet.edge.relay.held").counter().count() >= 2, "in steps");
    }

    @Test
    void aHeldMessageOutlivesARestart() throws Exception {
        start("retry-delays", "100ms,400ms");
        relay.writer.write(
                held(message("held\r\n", "bob@example.test"), Instant.now().plusSeconds(2)));
        Eventually.await(
                "held",
                () -> relay.meters.get("signet.edge.relay.held").counter().count() >= 1);
        relay.close();
        assertEquals(0, hop.received.size());
        start("retry-delays", "100ms,400ms");
        awaitReceived(1);
    }

    @Test
    void whenTheHopStaysAwayMailIsSetAsideAndItsSenderHearsOfTheDelay() throws Exception {
        hop.disappear();
        start("set-aside-after", "300ms", "delay-notice-after", "500ms", "retry-delays", "200ms", "concurrency", "2");
        for (int i = 0; i < 10; i++) {
            relay.writer.write(message(i + "\r\n", "bob@example.test"));
        }
        Eventually.await("told", () -> relay.count("reported.recipients", "action", "delayed") >= 10);
        hop.listen();
        awaitReceived(10);
    }
}
