package org.signetmail.edge.event;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.signetmail.edge.DependencyMetrics;
import org.signetmail.edge.DependencyMetrics.RecordResult;

/**
 * The way out to Kafka; {@link EventProducers} says which there are. A record counts as written when all in-sync replicas have it (acks=all). The producer is made
 * at the first record, so that the service starts while Kafka is away, even while its name does not resolve yet.
 */
public class EventProducer implements AutoCloseable {
    /** How records find their partition. */
    public enum Partitioning {
        /** The same for all records of a key. */
        BY_KEY,
        /**
         * One after the other, each for some batches: an acknowledgement that waits for the disk waits once for all records of
         * a partition, so few partitions at a time make it cheap.
         */
        BY_BATCH
    }

    /** Under load one sync to disk of the broker serves some sixty small messages; without load nothing waits. */
    private static final int BATCH_OCTETS = 128 * 1024;

    private final Map<String, Object> settings;
    private final Duration acknowledgeWithin;
    private final DependencyMetrics metrics;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile KafkaProducer<String, byte[]> producer;
    private KafkaClientMetrics shown;
    private boolean closed;

    /**
     * @param name as the broker and metrics know it
     * @param bufferOctets for what is not acknowledged yet; past it a writer waits, then fails
     */
    public EventProducer(
            String name,
            Map<String, Object> broker,
            Duration acknowledgeWithin,
            Partitioning partitioning,
            long bufferOctets,
            DependencyMetrics metrics) {
        this.metrics = metrics;
        this.settings = settings(broker, acknowledgeWithin);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "signet-edge-" + name);
        settings.put(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, partitioning == Partitioning.BY_BATCH);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferOctets);
        this.acknowledgeWithin = acknowledgeWithin;
    }

    private static Map<String, Object> settings(Map<String, Object> broker, Duration within) {
        var settings = new HashMap<>(broker);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_OCTETS);
        // What comes while a request is under way goes with the next one: large batches under load, no waiting without.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // A quarter for metadata and buffer space, the rest for delivery, of which one request may take the larger
        // part.
        int millis = Math.toIntExact(within.toMillis());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis / 4);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis * 3 / 4);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
        return settings;
    }

    /**
     * Sends without waiting for the acknowledgement; blocks only while there are no metadata or no buffer space, at most a
     * quarter of the acknowledgement time. The future fails with Kafka's exception.
     */
    public CompletableFuture<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        var acknowledged = new CompletableFuture<RecordMetadata>();
        long handed = System.nanoTime();
        try {
            var _ = producer().send(record, (metadata, failure) -> {
                if (failure == null) {
                    count(record, RecordResult.ACKNOWLEDGED, handed);
                    acknowledged.complete(metadata);
                } else {
                    count(record, RecordResult.FAILED, handed);
                    acknowledged.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            count(record, RecordResult.FAILED, handed);
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }

    private void count(ProducerRecord<String, byte[]> record, RecordResult result, long handed) {
        metrics.written(record.topic(), result, Duration.ofNanos(System.nanoTime() - handed));
    }

    /** Returns when the record is acknowledged. */
    public void sendAndAwait(ProducerRecord<String, byte[]> record) throws NotAcknowledged {
        sendAndAwait(List.of(record));
    }

    /** Returns when all records are acknowledged; they are taken one by one, in order, as buffer space allows. */
    public void sendAndAwait(Iterable<ProducerRecord<String, byte[]>> records) throws NotAcknowledged {
        long end = System.nanoTime() + acknowledgeWithin.toNanos();
        var acknowledgements = new ArrayList<CompletableFuture<RecordMetadata>>();
        for (ProducerRecord<String, byte[]> record : records) {
            CompletableFuture<RecordMetadata> acknowledged = send(record);
            if (acknowledged.isCompletedExceptionally()) {
                await(acknowledged, end);
            }
            acknowledgements.add(acknowledged);
        }
        for (CompletableFuture<RecordMetadata> acknowledged : acknowledgements) {
            await(acknowledged, end);
        }
    }

    private static void await(CompletableFuture<RecordMetadata> acknowledged, long end) throws NotAcknowledged {
        try {
            acknowledged.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new NotAcknowledged("Kafka: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new NotAcknowledged("Kafka did not acknowledge in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAcknowledged("Interrupted while waiting for Kafka", e);
        }
    }

    /** Blocks as {@link #send} does, and throws Kafka's exception when it cannot be found out. */
    int partitions(String topic) {
        return producer().partitionsFor(topic).size();
    }

    private KafkaProducer<String, byte[]> producer() {
        KafkaProducer<String, byte[]> existing = producer;
        return existing == null ? open() : existing;
    }

    private KafkaProducer<String, byte[]> open() {
        opening.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The producer is closed");
            }
            if (producer == null) {
                producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
                shown = metrics.show(producer);
            }
            return producer;
        } finally {
            opening.unlock();
        }
    }

    /** Waits for what is under way, at most the acknowledgement time. */
    @Override
    public void close() {
        opening.lock();
        try {
            closed = true;
            if (producer != null) {
                producer.close(acknowledgeWithin);
                shown.close();
            }
        } finally {
            opening.unlock();
        }
    }
}
