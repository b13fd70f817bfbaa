package org.signetmail.directory.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.signetmail.directory.DirectoryMetrics;

/**
 * The topic signet.directory-changes. Used by one thread. A producer that failed is thrown away with all that it still
 * held, so that no record of a failed round arrives behind those of a later one.
 */
@Singleton
class KafkaTopic implements ChangeTopic {
    static final String TOPIC = "signet.directory-changes";
    private static final int MAX_WAIT_MILLIS = 5_000;

    private final Map<String, Object> settings;
    private final ObjectMapper json;
    private final DirectoryMetrics metrics;
    private KafkaProducer<String, byte[]> producer;
    private KafkaClientMetrics shown;

    KafkaTopic(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ObjectMapper json,
            DirectoryMetrics metrics) {
        this.settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "signet-directory-changes");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_WAIT_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, MAX_WAIT_MILLIS / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, MAX_WAIT_MILLIS);
        this.json = json;
        this.metrics = metrics;
    }

    @Override
    public void publish(List<Event> events) {
        try {
            if (producer == null) {
                producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
                shown = metrics.show(producer);
            }
            var acknowledgements = new ArrayList<Future<?>>();
            for (Event event : events) {
                acknowledgements.add(producer.send(kafkaRecord(event)));
            }
            for (Future<?> acknowledgement : acknowledgements) {
                acknowledgement.get();
            }
        } catch (ExecutionException e) {
            close();
            throw new KafkaException("Kafka did not acknowledge", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new KafkaException("Interrupted before Kafka acknowledged", e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** CloudEvents 1.0, Kafka protocol binding, binary mode. */
    private ProducerRecord<String, byte[]> kafkaRecord(Event event) {
        var produced = new ProducerRecord<>(TOPIC, event.change().key(), bytes(event.change()));
        header(produced, "ce_specversion", "1.0");
        header(produced, "ce_id", event.id().toString());
        header(produced, "ce_type", "org.signetmail.directory-change.v1");
        header(produced, "ce_source", "/signet/directory-service");
        header(produced, "ce_time", event.change().at().toString());
        header(produced, "content-type", "application/json");
        return produced;
    }

    private byte[] bytes(DirectoryChange change) {
        try {
            return json.writeValueAsBytes(change);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A change has no JSON", e);
        }
    }

    private static void header(ProducerRecord<String, byte[]> produced, String name, String value) {
        produced.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @PreDestroy
    void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            shown.close();
            producer = null;
        }
    }
}
