package org.signetmail.notifier;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the edge and the relay do with the topics: write events, read mails. */
public final class Topics implements AutoCloseable {
    public static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> mails = new ArrayList<>();

    public Topics() {
        Map<String, Object> settings = Map.of("bootstrap.servers", Parts.bootstrapServers());
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor("signet.outbound").stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    public void send(String topic, String key, String value) {
        var record = new ProducerRecord<>(topic, key, value.getBytes(StandardCharsets.UTF_8));
        record.headers().add("traceparent", TRACE.getBytes(StandardCharsets.US_ASCII));
        try {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until at least so many mails have come whose key is like this, and returns them. */
    public List<ConsumerRecord<String, byte[]>> await(int count, Predicate<String> key) {
        await(() -> {
            poll();
            return matching(key).size() >= count;
        });
        return matching(key);
    }

    /** Mails that have come until now. */
    List<ConsumerRecord<String, byte[]>> now(Predicate<String> key) {
        poll();
        return matching(key);
    }

    static String header(ConsumerRecord<String, byte[]> mail, String name) {
        return new String(mail.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Waits until it is so; fails after half a minute. */
    public static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not come about within " + LIMIT);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private void poll() {
        consumer.poll(POLL).forEach(mails::add);
    }

    private List<ConsumerRecord<String, byte[]>> matching(Predicate<String> key) {
        return mails.stream().filter(mail -> key.test(mail.key())).toList();
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
