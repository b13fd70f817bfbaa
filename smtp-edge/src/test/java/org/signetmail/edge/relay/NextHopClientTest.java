package org.signetmail.edge.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.edge.relay.RelayFixture.message;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.local.process.Ports;

/** The dialogue with the next hop, without Kafka. */
class NextHopClientTest {
    private FakeNextHop hop;

    @BeforeEach
    void startHop() {
        hop = FakeNextHop.smtp(Ports.free());
    }

    @AfterEach
    void stopHop() {
        hop.close();
    }

    private Answers deliver(OutboundMessage message, String... settings) throws HopTrouble {
        return deliver(hop.uri(), message, settings);
    }

    private static Answers deliver(String uri, OutboundMessage message, String... keys) throws HopTrouble {
        return deliver(uri, List.of(message), keys).getFirst();
    }

    /** One after the other, in one session when it lasts. */
    private static List<Answers> deliver(String uri, List<OutboundMessage> messages, String... keys) throws HopTrouble {
        var values = new HashMap<>(Map.of("signet.relay.next-hop", uri));
        for (int i = 0; i < keys.length; i += 2) {
            values.put("signet.relay." + keys[i], keys[i + 1]);
        }
        RelayConfig config = RelayFixture.config(values);
        HopSettings settings = HopSettings.of(config, config.nextHop().getFirst(), Optional.empty());
        try (var timer = ConnectionPool.timer();
                var pool = new ConnectionPool(settings, Duration.ofSeconds(5), timer);
                var verified = new ConnectionPool(settings.verified(), Duration.ofSeconds(5), timer)) {
            var client = new NextHopClient(pool, verified, Signing.NONE);
            var all = new ArrayList<Answers>();
            for (OutboundMessage message : messages) {
                var answers = new Answers(message.recipients());
                client.deliver(message, answers);
                all.add(answers);
            }
            return all;
        }
    }

    private static String status(Answers answers) {
        return answers.failed().values().iterator().next().status();
    }

    @Test
    void aRealMailStoreTakesTheMessage() throws Exception {
        var store = new GreenMail(new ServerSetup(Ports.free(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        store.start();
        try {
            String content = "From: alice@example.test\r\nSubject: hello\r\n\r\n.dot\r\n";
            String uri =
                    URI.create("smtp://127.0.0.1:" + store.getSmtp().getPort()).toString();
            Answers answers = deliver(uri, message(content, "bob@example.test", "carol@example.test"));
            assertEquals(2, answers.delivered());
            assertEquals(2, store.getReceivedMessages().length);
            assertEquals("hello", store.getReceivedMessages()[0].getSubject());
            // GreenMail keeps the last line without its CRLF.
            assertEquals(".dot", store.getReceivedMessages()[0].getContent());
        } finally {
            store.stop();
        }
    }

    @Test
    void whatTheNextHopCannotTakeFailsForGood() throws Exception {
        hop.extensions = List.of("SIZE 10");
        assertEquals("5.3.4", status(deliver(message("0123456789\r\n", "bob@example.test"))));
        assertEquals("5.6.3", status(deliver(message("é\r\n", "bob@example.test"))));
        assertEquals("5.6.7", status(deliver(message("e\r\n", "bób@example.test"))));
        assertFalse(hop.commands.stream().anyMatch(line -> line.startsWith("MAIL")), hop.commands::toString);
    }

    @Test
    void smtpUtf8IsAskedForWhenNeeded() throws Exception {
        assertEquals(1, deliver(message("e\r\n", "bób@example.test")).delivered());
        assertTrue(hop.received.getFirst().mail().endsWith(" SMTPUTF8"));
        String octets = new String("bób@example.test".getBytes(UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertEquals(List.of(octets), hop.received.getFirst().recipients());
    }

    @Test
    void noAddressBecomesACommand() throws Exception {
        Answers answers = deliver(message("e\r\n", "a@b.test>\r\nRSET", "bob@example.test"));
        assertEquals("5.1.3", status(answers));
        assertEquals(1, answers.delivered());
        assertFalse(hop.commands.contains("RSET"));
    }

    @Test
    void aRefusalAtMailOrDataIsForAllAndEndsTheTransaction() throws Exception {
        hop.atMail = _ -> "550 5.7.1 Not you";
        Answers refused = deliver(message("e\r\n", "a@example.test", "b@example.test"));
        assertEquals(2, refused.failed().size());
        assertEquals("5.7.1", status(refused));
        assertEquals("RSET", hop.commands.getLast());

        hop.atMail = _ -> "451 Not now";
        assertEquals(
                2,
                deliver(message("e\r\n", "a@example.test", "b@example.test"))
                        .later()
                        .size());

        hop.atMail = _ -> "250 ok";
        hop.afterContent = _ -> "554 No";
        assertEquals("5.0.0", status(deliver(message("e\r\n", "a@example.test"))));
    }

    private List<Answers> pipelined(String... recipients) throws HopTrouble {
        hop.extensions = List.of("PIPELINING");
        return deliver(hop.uri(), List.of(message("e\r\n", recipients), message("next\r\n", "next@example.test")));
    }

    private void assertTheNextMessageCameInTheSameSession() {
        assertEquals("next\r\n", hop.received.getLast().text());
        assertEquals(1, hop.connections.get());
        assertTrue(hop.moreCame, hop.commands::toString);
    }

    @Test
    void whatMayBePipelinedGoesOutAtOnce() throws Exception {
        hop.atRcpt = path -> path.startsWith("b") ? "550 5.1.1 Nobody" : "250 ok";
        Answers answers =
                pipelined("a@example.test", "b@example.test", "c@example.test").getFirst();
        assertEquals(2, answers.delivered());
        assertEquals(Set.of("b@example.test"), answers.failed().keySet());
        assertEquals(
                List.of("a@example.test", "c@example.test"),
                hop.received.getFirst().recipients());
        assertTheNextMessageCameInTheSameSession();
    }

    @Test
    void noRecipientOfAGroupIsTaken() throws Exception {
        for (String atData : List.of("503 5.5.1 no recipient", "354 go on")) {
            hop.withoutRecipient = atData;
            hop.atRcpt = path -> path.startsWith("next") ? "250 ok" : "451 4.2.1 Not now";
            assertEquals(
                    2,
                    pipelined("a@example.test", "b@example.test")
                            .getFirst()
                            .later()
                            .size(),
                    atData);
            assertEquals("next\r\n", hop.received.getLast().text(), atData);
        }
        assertEquals(2, hop.connections.get());
    }

    @Test
    void theSenderOfAGroupIsRefused() throws Exception {
        AtomicInteger mails = new AtomicInteger();
        hop.atMail = _ -> mails.incrementAndGet() == 1 ? "550 5.7.1 Not you" : "250 ok";
        hop.atRcpt = path -> path.startsWith("next") ? "250 ok" : "503 5.5.1 MAIL first";
        Answers refused = pipelined("a@example.test", "b@example.test").getFirst();
        assertEquals(2, refused.failed().size());
        assertEquals("5.7.1", status(refused));
        assertTheNextMessageCameInTheSameSession();
    }

    @Test
    void aHopThatTakesRecipientsOfARefusedSenderGetsNoContent() throws Exception {
        AtomicInteger mails = new AtomicInteger();
        hop.atMail = _ -> mails.incrementAndGet() == 1 ? "550 5.7.1 Not you" : "250 ok";
        Answers refused = pipelined("a@example.test").getFirst();
        assertEquals("5.7.1", status(refused));
        assertEquals(
                List.of("next\r\n"),
                hop.received.stream().map(FakeNextHop.Received::text).toList());
    }

    @Test
    void whatIsNoFaultOfTheMessageIsTrouble() {
        OutboundMessage message = message("e\r\n", "bob@example.test");
        hop.atMail = _ -> "530 5.7.0 Authentication required";
        assertFalse(trouble(message).inTransaction());
        hop.atMail = _ -> "421 4.3.2 Going down";
        HopTrouble goingDown = trouble(message);
        assertTrue(goingDown.inTransaction());
        assertEquals("421 4.3.2 Going down", goingDown.getMessage());
        hop.greeting = "554 5.3.2 Not here";
        assertEquals("greeting: 554 5.3.2 Not here", trouble(message).getMessage());
        hop.disappear();
        assertEquals("Connection refused", trouble(message).getMessage());
    }

    @Test
    void aHopThatDoesNotAnswerInTimeIsTrouble() {
        hop.greeting = "220-and then nothing";
        HopTrouble trouble = assertThrows(
                HopTrouble.class, () -> deliver(message("e\r\n", "bob@example.test"), "command-timeout", "200ms"));
        assertEquals("Read timed out", trouble.getMessage());
    }

    @Test
    void aPasswordDoesNotGoInClear() throws Exception {
        OutboundMessage message = message("e\r\n", "bob@example.test");
        hop.extensions = List.of("AUTH PLAIN LOGIN");
        HopTrouble trouble =
                assertThrows(HopTrouble.class, () -> deliver(message, "username", "relay", "password", "secret"));
        assertEquals("STARTTLS is required, but not offered", trouble.getMessage());
        assertFalse(hop.commands.contains("AUTH PLAIN"));

        deliver(message, "username", "relay", "password", "secret", "starttls", "none");
        assertTrue(hop.commands.contains("AUTH PLAIN"));
    }

    private HopTrouble trouble(OutboundMessage message) {
        return assertThrows(HopTrouble.class, () -> deliver(message));
    }

    /** RFC 3461 4.3, RFC 6152 3: the report that RET=FULL asked for, on its way to a mail store without 8BITMIME. */
    @Test
    void aReportWithAnEightBitMessageReturnsItsHeaderWhereNoMoreCanPass() throws Exception {
        Path golden =
                Path.of(System.getProperty("signet.root"), "notifier/src/test/resources/golden/dsn-whole-8bit.eml");
        byte[] report = Files.readAllBytes(golden);
        OutboundMessage notice = RelayFixture.from(message(report, "alice@example.test"), "", Optional.empty());

        deliver(notice);
        assertArrayEquals(report, hop.received.getFirst().content());

        hop.extensions = List.of();
        assertEquals(1, deliver(notice).delivered());
        String passed = hop.received.getLast().text();
        assertEquals(passed, new String(passed.getBytes(US_ASCII), US_ASCII), "7-bit");
        assertEquals(changed(new String(report, UTF_8)), passed);
    }

    private static String changed(String report) {
        int part = report.indexOf("Content-Type: message/rfc822");
        int body = report.indexOf("\r\n\r\n", part) + 4;
        int end = report.indexOf("\r\n\r\n", body) + 2;
        return report.substring(0, part)
                + """
                Content-Type: text/rfc822-headers; charset=us-ascii\r
                Content-Transfer-Encoding: 7bit\r
                Content-Description: Header only: the message has 8-bit content, and a mail server on the way takes none\r
                \r
                """
                + report.substring(body, end)
                + report.substring(report.lastIndexOf("\r\n--"));
    }

    @Test
    void aClientsEightBitMessageIsNotConverted() throws Exception {
        hop.extensions = List.of();
        OutboundMessage message = message("Subject: x\r\n\r\nGr\u00FC\u00DFe\r\n", "bob@example.test");
        assertEquals("5.6.3", status(deliver(message)));
        assertEquals("5.6.3", status(deliver(RelayFixture.from(message, "", Optional.of("alice")))));
    }
}
