package org.signetmail.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.database.LocalDatabase;
import org.signetmail.local.process.Ports;

/** The real parts keep what they acknowledged: Kafka through SIGKILL, PostgreSQL through a stop. */
class PartsTest {
    @Test
    void anAcknowledgedRecordSurvivesSigkill(@TempDir Path directory) throws Exception {
        int port = Ports.free();
        int controllerPort = Ports.free();
        try (LocalBroker broker = LocalBroker.start(directory, port, controllerPort)) {
            broker.awaitReady();
            try (var producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.send(new ProducerRecord<>("signet.outbound", 0, "id", "message"))
                        .get();
            }
            broker.process().kill();
        }
        try (LocalBroker broker = LocalBroker.start(directory, port, controllerPort)) {
            broker.awaitReady();
            try (var consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                    new StringDeserializer(),
                    new StringDeserializer())) {
                consumer.assign(List.of(new TopicPartition("signet.outbound", 0)));
                var records = consumer.poll(Duration.ofSeconds(10));
                assertEquals("message", records.iterator().next().value());
            }
        }
    }

    @Test
    void aDatabaseSurvivesAStop(@TempDir Path directory) throws Exception {
        try (LocalDatabase database = LocalDatabase.start(directory)) {
            String url = database.createDatabase("directory");
            try (var connection = DriverManager.getConnection(url, database.user(), "")) {
                connection.createStatement().execute("CREATE TABLE kept (id int)");
            }
            assertTrue(database.pid() > 0);
        }
        try (LocalDatabase database = LocalDatabase.start(directory)) {
            String url = database.createDatabase("directory");
            try (var connection = DriverManager.getConnection(url, database.user(), "")) {
                assertTrue(connection.createStatement().execute("SELECT 1 FROM kept"));
            }
        }
    }
}
