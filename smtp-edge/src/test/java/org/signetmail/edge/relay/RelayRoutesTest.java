package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.edge.relay.RelayFixture.message;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.process.Ports;

/** Several destinations, one of which is ill, on a real broker. */
class RelayRoutesTest {
    private static LocalBroker broker;

    private FakeNextHop usual;
    private FakeNextHop partner;
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
    void startHops() {
        usual = FakeNextHop.smtp(Ports.free());
        partner = FakeNextHop.smtp(Ports.free());
    }

    @AfterEach
    void stop() {
        relay.close();
        usual.close();
        partner.close();
    }

    private void start(String... settings) {
        var all = new HashMap<>(Map.of(
                "signet.relay.next-hop",
                usual.uri(),
                "signet.relay.routes.partner.domains",
                "partner.test",
                "signet.relay.routes.partner.next-hops",
                partner.uri(),
                "signet.relay.routes.partner.concurrency",
                "2"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("signet.relay." + settings[i], settings[i + 1]);
        }
        relay = new RelayFixture(broker.bootstrapServers(), all);
    }

    @Test
    void aMessageForTwoDestinationsGoesToBoth() throws Exception {
        start();
        relay.writer.write(message("x\r\n", "a@example.test", "b@partner.test", "c@example.test"));
        Eventually.await("both", () -> usual.received.size() == 1 && partner.received.size() == 1);
        Eventually.await("every offset committed", relay::allCommitted);
        assertEquals(
                List.of("a@example.test", "c@example.test"),
                usual.received.getFirst().recipients());
        assertEquals(List.of("b@partner.test"), partner.received.getFirst().recipients());
    }

    @Test
    void whatOneDestinationDoesNotTakeComesLaterToThatOneOnly() throws Exception {
        partner.disappear();
        start();
        relay.writer.write(message("x\r\n", "a@example.test", "b@partner.test"));
        Eventually.await("the usual one", () -> usual.received.size() == 1);
        Eventually.await("set aside", () -> relay.records("signet.retries").size() >= 1);
        partner.listen();
        Eventually.await("the other one", () -> partner.received.size() == 1);
        Eventually.await("every offset committed", relay::allCommitted);
        assertEquals(1, usual.received.size());
        assertEquals(List.of("b@partner.test"), partner.received.getFirst().recipients());
    }

    @Test
    void aDestinationThatIsAwayHoldsUpNoOther() throws Exception {
        partner.disappear();
        start("set-aside-after", "1h", "retry-delays", "1h");
        for (int i = 0; i < 700; i++) {
            relay.writer.write(message(i + "\r\n", "bob@partner.test"));
        }
        for (int i = 0; i < 50; i++) {
            relay.writer.write(message(i + "\r\n", "bob@example.test"));
        }
        // Far more mail waits for the partner than there is room for; an hour is longer than this test waits.
        Eventually.await("the others", () -> usual.received.size() == 50);
        assertTrue(relay.meters.get("signet.edge.relay.put.in.line").counter().count() >= 100);
    }

    @Test
    void aDestinationThatIsSlowHoldsUpNoOther() throws Exception {
        var gate = new CountDownLatch(1);
        partner.atMail = _ -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "250 ok";
        };
        start("retry-delays", "300ms");
        for (int i = 0; i < 300; i++) {
            relay.writer.write(message(i + "\r\n", "bob@partner.test"));
        }
        relay.writer.write(message("x\r\n", "bob@example.test"));
        Eventually.await("the other", () -> usual.received.size() == 1);
        assertEquals(0, partner.received.size());
        gate.countDown();
        Eventually.await("all of the slow one", () -> partner.received.size() == 300);
        assertTrue(partner.connections.get() <= 2, () -> partner.connections + " sessions at once");
    }
}
