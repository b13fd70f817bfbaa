package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.edge.relay.RelayFixture.message;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.dkim.Dkimpy;
import org.signetmail.edge.dkim.KeyFiles;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.relay.FakeNextHop.Received;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.process.Ports;

/** What reaches the next hop is signed, by the keys that there are when it goes. */
class RelayDkimTest {
    private static final String NAME = "2026a._domainkey.example.test";
    private static final String CONTENT = "From: alice@example.test\r\nSubject: x\r\n\r\n.dot\r\nbody\r\n";

    private static LocalBroker broker;

    @TempDir
    Path keys;

    @BeforeAll
    static void startBroker(@TempDir Path directory) {
        broker = LocalBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private RelayFixture start(FakeNextHop hop) {
        return new RelayFixture(
                broker.bootstrapServers(),
                Map.of(
                        "signet.relay.next-hop", hop.uri(),
                        "signet.relay.dkim.keys", keys.toString(),
                        "signet.relay.dkim.reload-every", "0s"));
    }

    @Test
    void aRetryIsSignedAnewByTheKeyOfThatTime() throws Exception {
        Dkimpy.assumeInstalled();
        String first = KeyFiles.put(keys, NAME, "RSA");
        var deferrals = new AtomicInteger(1);
        try (var hop = FakeNextHop.smtp(Ports.free());
                RelayFixture relay = start(hop)) {
            hop.afterContent = _ -> deferrals.getAndDecrement() > 0 ? "451 4.7.1 Greylisted" : "250 ok";
            String second = "2026b._domainkey.example.test";
            relay.writer.write(message(CONTENT, "bob@example.test"));
            Eventually.await("deferred", () -> relay.count("signed", "result", "signed") == 1);
            String record = KeyFiles.put(keys, second, "Ed25519");
            Files.delete(keys.resolve(NAME));

            Eventually.await("taken", () -> hop.received.size() == 1);
            Received received = hop.received.getFirst();
            assertTrue(received.text().endsWith("\r\n" + CONTENT), received::text);
            assertTrue(received.mail().contains(" SIZE=" + received.content().length), received::mail);
            assertEquals(
                    List.of("ed25519-sha256 example.test True"),
                    Dkimpy.verify(received.content(), Map.of(NAME, first, second, record)));
        }
    }

    @Test
    void whatTheVerdictHasNotProvedIsNotSigned() throws Exception {
        KeyFiles.put(keys, NAME, "Ed25519");
        try (var hop = FakeNextHop.smtp(Ports.free());
                RelayFixture relay = start(hop)) {
            OutboundMessage proved = message(CONTENT, "bob@example.test");
            relay.writer.write(new OutboundMessage(
                    proved.id(),
                    proved.mailFrom(),
                    proved.recipients(),
                    false,
                    proved.receivedAt(),
                    0,
                    Optional.empty(),
                    proved.account(),
                    List.of(),
                    proved.parameters(),
                    proved.content()));
            Eventually.await("taken", () -> hop.received.size() == 1);
            assertEquals(CONTENT, hop.received.getFirst().text());
            assertEquals(1, relay.count("signed", "result", "no_key"));
            assertEquals(
                    1,
                    relay.meters.get("signet.edge.relay.signing.keys").gauge().value());
        }
    }
}
