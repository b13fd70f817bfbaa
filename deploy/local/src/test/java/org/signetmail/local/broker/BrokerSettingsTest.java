package org.signetmail.local.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BrokerSettingsTest {
    private static final Path DIRECTORY = Path.of("kafka");
    private static final KafkaNode ALONE = KafkaNode.onLoopback(1, 9092, 9093);

    @Test
    void oneBrokerIsItsOwnController() {
        Properties settings = new BrokerSettings(DIRECTORY, List.of(ALONE), "id", BrokerOptions.ONE_BROKER).of(0);
        assertEquals("1@127.0.0.1:9093", settings.get("controller.quorum.voters"));
        assertEquals("PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093", settings.get("listeners"));
        assertEquals("1", settings.get("min.insync.replicas"));
    }

    @Test
    void ofThreeBrokersTwoMustHaveARecord() {
        List<KafkaNode> nodes =
                List.of(KafkaNode.onLoopback(1, 1, 4), KafkaNode.onLoopback(2, 2, 5), KafkaNode.onLoopback(3, 3, 6));
        Properties third = new BrokerSettings(DIRECTORY, nodes, "id", BrokerOptions.ONE_BROKER.withBrokers(3)).of(2);
        assertEquals("3", third.get("node.id"));
        assertEquals("1@127.0.0.1:4,2@127.0.0.1:5,3@127.0.0.1:6", third.get("controller.quorum.voters"));
        assertEquals("2", third.get("min.insync.replicas"));
        assertEquals("3", third.get("offsets.topic.replication.factor"));
        assertEquals(DIRECTORY.resolve("log-3").toAbsolutePath().toString(), third.get("log.dirs"));
    }

    @Test
    void whoComesThroughADoorIsToldItsOtherSide() {
        var options = BrokerOptions.ONE_BROKER.withDoor("EDGE", new BrokerOptions.Door(7000, 8000));
        Properties settings = new BrokerSettings(DIRECTORY, List.of(ALONE), "id", options).of(0);
        assertEquals(
                "PLAINTEXT://127.0.0.1:9092,EDGE://127.0.0.1:7000,CONTROLLER://127.0.0.1:9093",
                settings.get("listeners"));
        assertEquals("PLAINTEXT://127.0.0.1:9092,EDGE://127.0.0.1:8000", settings.get("advertised.listeners"));
        assertEquals(
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,EDGE:PLAINTEXT",
                settings.get("listener.security.protocol.map"));
    }
}
