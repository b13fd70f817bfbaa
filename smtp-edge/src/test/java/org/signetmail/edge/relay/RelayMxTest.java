package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.edge.relay.RelayFixture.message;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.mx.FakeDns;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.process.Ports;
import org.xbill.DNS.Type;

/** Domains of one MX route, on a real broker: each fares by itself. */
class RelayMxTest {
    private static LocalBroker broker;

    @BeforeAll
    static void startBroker(@TempDir Path directory) {
        broker = LocalBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void aDomainThatIsAwayHoldsUpNoOther() throws Exception {
        int port = Ports.free();
        try (var dns = new FakeDns()
                        .add("a.test", Type.MX, "10 mx.a.test.")
                        .host("mx.a.test", "127.0.0.1")
                        .host("away.test", "127.0.0.2");
                var hop = FakeNextHop.smtp(InetAddress.ofLiteral("127.0.0.1"), port);
                var away = FakeNextHop.smtp(InetAddress.ofLiteral("127.0.0.2"), port)) {
            away.disappear();
            try (var relay = new RelayFixture(
                    broker.bootstrapServers(),
                    Map.of(
                            "signet.relay.next-hop", "mx:*",
                            "signet.relay.mx.port", Integer.toString(port),
                            "signet.relay.mx.resolvers",
                                    "127.0.0.1:" + dns.address().getPort(),
                            "signet.relay.mx.mta-sts", "false",
                            "signet.relay.set-aside-after", "1h",
                            "signet.relay.retry-delays", "2s"))) {
                for (int i = 0; i < 300; i++) {
                    relay.writer.write(message(i + "\r\n", "bob@away.test"));
                }
                for (int i = 0; i < 50; i++) {
                    relay.writer.write(message(i + "\r\n", "bob@a.test"));
                }
                OutboundMessage nowhere = message("x\r\n", "bob@absent.test", "carol@a.test");
                relay.writer.write(nowhere);

                Eventually.await("the others", () -> hop.received.size() == 51);
                Eventually.await("told", () -> relay.count("undeliverable", "report", "sent") == 1);
                assertTrue(relay.meters
                                .get("signet.edge.relay.retries.queued")
                                .counter()
                                .count()
                        >= 200);
                away.listen();
                Eventually.await("those that waited", () -> away.received.size() == 300);
                Eventually.await("every offset committed", relay::allCommitted);
                assertEquals(51, hop.received.size());
            }
        }
    }
}
