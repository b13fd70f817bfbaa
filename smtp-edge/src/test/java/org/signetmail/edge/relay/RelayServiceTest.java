package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.signetmail.edge.relay.RelayFixture.message;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.FakeDirectory;
import org.signetmail.edge.event.NotAcknowledged;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.process.Ports;

/** The relay inside the service: started without Kafka, it comes up when Kafka does, again and again. */
@QuarkusTest
@QuarkusTestResource(value = RelayServiceTest.Addresses.class, restrictToAnnotatedClass = true)
class RelayServiceTest {
    private static final int BROKER_PORT = Ports.free();
    private static final int CONTROLLER_PORT = Ports.free();
    private static final int HOP_PORT = Ports.free();

    /** Where Kafka and the next hop will be; neither is there when the service starts. */
    public static final class Addresses implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            System.setProperty("signet.test.ports", BROKER_PORT + "," + CONTROLLER_PORT + "," + HOP_PORT);
            return Map.of(
                    "kafka.bootstrap.servers", "127.0.0.1:" + BROKER_PORT,
                    "signet.directory.token", FakeDirectory.TOKEN,
                    "signet.smtp.port", "0",
                    "signet.smtp.tls-port", "-1",
                    "signet.relay.next-hop", "smtp://127.0.0.1:" + HOP_PORT,
                    "signet.relay.back-off-limit", "200ms",
                    "signet.kafka.acknowledge-within", "2s");
        }

        @Override
        public void stop() {
            System.clearProperty("signet.test.ports");
        }
    }

    @Inject
    OutboundWriter writer;

    @Inject
    MeterRegistry meters;

    /** The test class is loaded twice, by JUnit and by Quarkus: only the resource's ports are those of the service. */
    private static int port(int index) {
        return Integer.parseInt(
                List.of(System.getProperty("signet.test.ports").split(",", -1)).get(index));
    }

    @Test
    void itComesUpWithoutKafkaAndRecoversByItself(@TempDir Path directory) throws Exception {
        assertThrows(NotAcknowledged.class, () -> writer.write(message("early\r\n", "bob@example.test")));
        try (var hop = FakeNextHop.smtp(port(2))) {
            try (var broker = LocalBroker.start(directory, port(0), port(1))) {
                broker.awaitReady();
                deliverOne(hop, 1);
                broker.process().kill();
            }
            try (var broker = LocalBroker.start(directory, port(0), port(1))) {
                broker.awaitReady();
                deliverOne(hop, 2);
            }
        }
    }

    private void deliverOne(FakeNextHop hop, int number) throws InterruptedException {
        Eventually.await("message " + number + " written", () -> {
            try {
                writer.write(message(number + "\r\n", "bob@example.test"));
                return true;
            } catch (NotAcknowledged e) {
                return false;
            }
        });
        Eventually.await(
                "message " + number + " delivered",
                () -> hop.received.stream().anyMatch(received -> received.content()[0] == '0' + number));
    }

    @Test
    void everyFigureIsThereFromTheStart() {
        Set<String> names = meters.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> name.startsWith("signet.edge.relay."))
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "signet.edge.relay.recipients",
                        "signet.edge.relay.dropped",
                        "signet.edge.relay.undeliverable",
                        "signet.edge.relay.retries.queued",
                        "signet.edge.relay.put.in.line",
                        "signet.edge.relay.held",
                        "signet.edge.relay.signed",
                        "signet.edge.relay.signing.keys",
                        "signet.edge.relay.reported.recipients",
                        "signet.edge.relay.hop.trouble",
                        "signet.edge.relay.delivery",
                        "signet.edge.relay.connections",
                        "signet.edge.relay.waiting",
                        "signet.edge.relay.incomplete",
                        "signet.edge.relay.in.hand",
                        "signet.edge.relay.oldest",
                        "signet.edge.relay.queue",
                        "signet.edge.relay.route.away"),
                names);
    }
}
