package org.signetmail.policy.submission;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/** Writes verdicts. Made at the first one, so that the service starts while Kafka is away. */
@ApplicationScoped
class VerdictProducer {
    private static final Logger LOG = Logger.getLogger(VerdictProducer.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Map<String, Object> settings;
    private KafkaProducer<String, byte[]> producer;

    VerdictProducer(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        settings = new HashMap<>(broker);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // What comes while a request is under way goes with the next one: large batches under load, no waiting without.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2000);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
        // How soon a reply partition that was added to the topic is known here.
        settings.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
    }

    /** Does not wait for the acknowledgement: the edge waits for the verdict, and answers 451 without one. */
    void send(ProducerRecord<String, byte[]> verdict) {
        try {
            var _ = producer().send(verdict, (_, failure) -> {
                if (failure != null) {
                    lost(verdict, failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) { // no memory or metadata in time; closed
            lost(verdict, e);
        }
    }

    private static void lost(ProducerRecord<String, byte[]> verdict, Exception why) {
        LOG.warnf("Submission %s gets no verdict: %s", verdict.key(), why.getMessage());
    }

    /** @throws org.apache.kafka.common.KafkaException when no broker says it */
    int partitions(String topic) {
        return producer().partitionsFor(topic).size();
    }

    private synchronized KafkaProducer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE);
        }
    }
}
