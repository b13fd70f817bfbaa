package org.signetmail.edge.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.edge.relay.RelayFixture.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.local.broker.LocalBroker;

/** A next hop that is a real Postfix, and has its bad days: nothing is lost, nothing comes twice, and who must hears of it. */
class PostfixTest {
    private static LocalBroker broker;
    private static Postfix postfix;

    private RelayFixture relay;

    @BeforeAll
    static void startServers(@TempDir Path forBroker, @TempDir Path forPostfix) throws Exception {
        postfix = Postfix.start(forPostfix);
        broker = LocalBroker.start(forBroker);
    }

    @AfterAll
    static void stopServers() throws Exception {
        if (postfix != null) {
            postfix.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @AfterEach
    void stopRelay() {
        if (relay != null) {
            relay.close();
        }
    }

    private void start(String nextHop, String... settings) {
        var all = new HashMap<>(Map.of("signet.relay.next-hop", nextHop));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("signet.relay." + settings[i], settings[i + 1]);
        }
        relay = new RelayFixture(broker.bootstrapServers(), all);
    }

    private static String usual() {
        return "smtp://127.0.0.1:" + postfix.port;
    }

    private void awaitMailbox(String name, int mails) throws InterruptedException {
        Eventually.await(
                mails + " mails for " + name, () -> postfix.mailbox(name).size() >= mails);
        Eventually.await("every offset committed", relay::allCommitted);
        assertEquals(mails, postfix.mailbox(name).size());
    }

    private List<JsonNode> reported(OutboundMessage message) {
        return relay.undeliverable(message.id()).stream()
                .flatMap(report -> report.get("recipients").valueStream())
                .toList();
    }

    @Test
    void oneOfThreeIsGreylistedAndOneIsUnknown() throws Exception {
        postfix.greylist("grey@example.test");
        start(usual());
        OutboundMessage message = message(
                "Subject: x\r\n\r\n.dot\r\n", "at-once@example.test", "grey@example.test", "nobody@example.test");

        relay.writer.write(message);

        awaitMailbox("grey", 1);
        awaitMailbox("at-once", 1);
        assertTrue(postfix.mailbox("grey").getFirst().endsWith("\n\n.dot\n"));
        List<JsonNode> reported = reported(message);
        assertEquals(1, reported.size(), reported::toString);
        assertEquals("nobody@example.test", reported.getFirst().get("address").asText());
        assertEquals("5.1.1", reported.getFirst().get("status").asText());
        assertTrue(
                reported.getFirst()
                        .get("diagnostic")
                        .asText()
                        .startsWith("550 5.1.1 <nobody@example.test>: Recipient address rejected: User unknown"),
                reported::toString);
        assertEquals(List.of(), postfix.mailbox("nobody"));
    }

    @Test
    void aConnectionThatBreaksInTheContentLosesAndRepeatsNothing() throws Exception {
        try (var line = new CuttingProxy(postfix.port)) {
            line.cutsInContent.set(2);
            start(line.uri());
            relay.writer.write(
                    message("x".repeat(900) + "\r\n" + ("y".repeat(70) + "\r\n").repeat(2000), "cut@example.test"));
            awaitMailbox("cut", 1);
            assertEquals(0, line.cutsInContent.get());
        }
    }

    /** SMTP's own weakness (RFC 1047): nobody can know that the message was taken. */
    @Test
    void aConnectionThatBreaksBeforeTheFinalReplyRepeatsAndNeverLoses() throws Exception {
        try (var line = new CuttingProxy(postfix.port)) {
            line.cutsBeforeReply.set(1);
            start(line.uri());
            relay.writer.write(message("Subject: x\r\n\r\nbody\r\n", "twice@example.test"));
            awaitMailbox("twice", 2);
        }
    }

    @Test
    void aNextHopThatIsDownForLongerThanItIsWaitedFor() throws Exception {
        start(
                usual(),
                "set-aside-after",
                "1s",
                "delay-notice-after",
                "2s",
                "retry-delays",
                "500ms,1s",
                "concurrency",
                "4");
        relay.writer.write(message("before\r\n", "down@example.test"));
        awaitMailbox("down", 1);

        postfix.stop();
        Instant down = Instant.now();
        OutboundMessage late = message("Subject: late\r\n\r\n", "down@example.test");
        relay.writer.write(late);
        for (int i = 0; i < 50; i++) {
            relay.writer.write(message("Subject: " + i + "\r\n\r\nx\r\n", "down@example.test"));
        }
        Eventually.await("told of the delay", () -> !reported(late).isEmpty());
        Eventually.await("five seconds", () -> Instant.now().isAfter(down.plus(Duration.ofSeconds(5))));
        postfix.start();

        awaitMailbox("down", 52);
        Set<String> subjects = postfix.mailbox("down").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Subject:"))
                .collect(Collectors.toSet());
        assertEquals(51, subjects.size(), "each once");
        // Each attempt within a minute of that time may tell it; the notifier tells the sender once (decision 45).
        assertTrue(
                reported(late).stream().allMatch(of -> of.get("action").asText().equals("delayed")),
                () -> reported(late).toString());
    }

    @Test
    void aNextHopWithoutEightBitAndUtf8() throws Exception {
        start("smtp://127.0.0.1:" + postfix.oldPort);
        OutboundMessage ascii = message("Subject: x\r\n\r\nascii\r\n", "old@example.test");
        OutboundMessage eightBit = message("Subject: x\r\n\r\nGr\u00FC\u00DFe\r\n", "old@example.test");
        OutboundMessage utf8 = message("Subject: x\r\n\r\nx\r\n", "j\u00FCrgen@example.test");
        byte[] report = Files.readAllBytes(
                Path.of(System.getProperty("signet.root"), "notifier/src/test/resources/golden/dsn-whole-8bit.eml"));
        relay.writer.write(eightBit);
        relay.writer.write(utf8);
        relay.writer.write(RelayFixture.from(message(report, "old@example.test"), "", Optional.empty()));
        relay.writer.write(ascii);

        awaitMailbox("old", 2);
        assertEquals("5.6.3", reported(eightBit).getFirst().get("status").asText());
        assertEquals("5.6.7", reported(utf8).getFirst().get("status").asText());
        assertEquals(
                1,
                postfix.mailbox("old").stream()
                        .filter(mail -> mail.contains("Content-Description: Header only"))
                        .count());
    }

    @Test
    void aNextHopWithThemGetsAllAsItIs() throws Exception {
        start(usual());
        relay.writer.write(message("Subject: Gr\u00FC\u00DFe\r\n\r\nGr\u00FC\u00DFe\r\n", "j\u00FCrgen@example.test"));
        awaitMailbox("juergen", 1);
        String mail = new String(postfix.mailbox("juergen").getFirst().getBytes(ISO_8859_1), UTF_8);
        assertTrue(mail.contains("\nSubject: Gr\u00FC\u00DFe\n") && mail.endsWith("\n\nGr\u00FC\u00DFe\n"), mail);
    }
}
