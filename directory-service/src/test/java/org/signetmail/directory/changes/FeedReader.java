package org.signetmail.directory.changes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.signetmail.directory.changes.DirectoryChange.Kind;

/** Reads the change feed from where it ended when the reader was made, as policy-service does. */
final class FeedReader implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule());

    /** A record as it came. */
    record Received(String key, String id, String type, DirectoryChange change) {}

    private final KafkaConsumer<String, byte[]> consumer;

    private FeedReader(KafkaConsumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    static FeedReader fromEnd(String bootstrapServers) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partition = List.of(new TopicPartition(KafkaTopic.TOPIC, 0));
        consumer.assign(partition);
        consumer.seekToEnd(partition);
        long end = consumer.position(partition.getFirst());
        consumer.seek(partition.getFirst(), end);
        return new FeedReader(consumer);
    }

    List<DirectoryChange> readThroughHeartbeat() {
        return receiveThroughHeartbeat().stream().map(Received::change).toList();
    }

    /** All records up to the next heartbeat, which ends the list. */
    List<Received> receiveThroughHeartbeat() {
        return receiveThrough(received -> received.change().kind() == Kind.HEARTBEAT);
    }

    /** All records up to the first that is wanted, which ends the list; behind it nothing may have come with it. */
    List<Received> receiveThrough(Predicate<Received> wanted) {
        var received = new ArrayList<Received>();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<String, byte[]> next : consumer.poll(Duration.ofMillis(100))) {
                received.add(received(next));
                if (wanted.test(received.getLast())) {
                    consumer.seek(new TopicPartition(KafkaTopic.TOPIC, 0), next.offset() + 1);
                    return received;
                }
            }
        }
        throw new AssertionError("Not on the feed within " + LIMIT + ", only " + received);
    }

    private static Received received(ConsumerRecord<String, byte[]> next) {
        try {
            return new Received(
                    next.key(),
                    header(next, "ce_id"),
                    header(next, "ce_type"),
                    JSON.readValue(next.value(), DirectoryChange.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(ConsumerRecord<String, byte[]> from, String name) {
        return new String(from.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
