package org.signetmail.policy.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The edge and the directory as Kafka sees them: submissions and changes out, verdicts of one reply partition in. */
public final class Kafka implements AutoCloseable {
    public static final int REPLY_PARTITION = 5;
    public static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;
    private final Map<String, ConsumerRecord<String, String>> verdicts = new HashMap<>();

    public Kafka(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "latest"),
                new StringDeserializer(),
                new StringDeserializer());
        var partition = new TopicPartition("signet.verdicts", REPLY_PARTITION);
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        consumer.position(partition);
    }

    /** Submits, and returns the submission id. */
    public String submit(String account, String from, Instant answerBy, String replyPartition) {
        String id = UUID.randomUUID().toString();
        send(account, """
                {"submissionId":"%s","account":"%s","receivedAt":"%s","answerBy":"%s","mailFrom":"","recipients":[],
                 "client":{"address":"192.0.2.10","helo":"laptop"},"size":412,
                 "header":{"from":["%s"],"resentFrom":[],"resentSender":[],"displayNameAddresses":[]}}""".formatted(id, account, Instant.now(), answerBy, from), replyPartition);
        return id;
    }

    public String submit(String account, String from) {
        return submit(account, from, Instant.now().plusSeconds(10), Integer.toString(REPLY_PARTITION));
    }

    public void send(String account, String submission, String replyPartition) {
        var record = new ProducerRecord<>("signet.submissions", account, submission);
        record.headers().add("traceparent", TRACE.getBytes(UTF_8));
        if (replyPartition != null) {
            record.headers().add("signet_reply_partition", replyPartition.getBytes(UTF_8));
        }
        send(record);
    }

    public void accountChanged(String account) {
        change(
                account,
                "{\"kind\":\"account\",\"account\":\"%s\",\"version\":43,\"at\":\"%s\"}"
                        .formatted(account, Instant.now()));
    }

    public void heartbeat() {
        change("*heartbeat", "{\"kind\":\"heartbeat\",\"version\":43,\"at\":\"%s\"}".formatted(Instant.now()));
    }

    /** The record of the verdict; fails when there is none in time. */
    public ConsumerRecord<String, String> verdictRecord(String submissionId) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!verdicts.containsKey(submissionId)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("No verdict of " + submissionId);
            }
            consumer.poll(Duration.ofMillis(50)).forEach(record -> verdicts.put(record.key(), record));
        }
        return verdicts.get(submissionId);
    }

    public JsonNode verdict(String submissionId) {
        try {
            return JSON.readTree(verdictRecord(submissionId).value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean hasVerdict(String submissionId) {
        return verdicts.containsKey(submissionId);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }

    private void change(String key, String json) {
        send(new ProducerRecord<>("signet.directory-changes", 0, key, json));
    }

    private void send(ProducerRecord<String, String> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
