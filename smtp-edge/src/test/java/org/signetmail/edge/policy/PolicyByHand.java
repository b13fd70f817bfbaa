package org.signetmail.edge.policy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.signetmail.edge.Await;
import org.signetmail.edge.event.EventJson;

/** A policy-service on a plain consumer and producer; the account says how it behaves. */
public final class PolicyByHand implements AutoCloseable {
    static final String SILENT = "silent";
    static final String LATE = "late";
    static final String GARBAGE = "garbage";
    static final String ELSEWHERE = "elsewhere";
    public static final String FORGER = "forger";

    /** What is no verdict; the last one of another version of this contract, perhaps. */
    static final List<String> UNREADABLE = List.of(
            "no json",
            "{}",
            "null",
            "[]",
            "7",
            "{\"submissionId\":\"x\"}",
            "{\"submissionId\":\"x\",\"outcome\":\"quarantine\"}");

    private static final String VERDICTS = "signet.verdicts";
    private static final int OTHER_PARTITION = 31;

    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean reading;

    public PolicyByHand(Map<String, Object> broker) {
        consumer = new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer());
        producer = new KafkaProducer<>(broker, new StringSerializer(), new ByteArraySerializer());
        thread = Thread.ofPlatform().daemon().name("policy-by-hand").start(this::judge);
        Await.until("policy reads", () -> reading);
    }

    private void judge() {
        try (consumer) {
            List<TopicPartition> partitions = consumer.partitionsFor("signet.submissions").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            reading = true;
            while (true) {
                consumer.poll(Duration.ofSeconds(1)).forEach(this::answer);
            }
        } catch (WakeupException _) {
            reading = false;
        }
    }

    private void answer(ConsumerRecord<String, byte[]> asked) {
        String id = new String(asked.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
        int partition = Integer.parseInt(
                new String(asked.headers().lastHeader("signet_reply_partition").value(), StandardCharsets.UTF_8));
        byte[] verdict = accept(id, asked.key());
        switch (asked.key()) {
            case SILENT -> {
                // That is its behaviour.
            }
            case LATE -> late.add(() -> send(partition, id, verdict));
            case ELSEWHERE -> send(OTHER_PARTITION, id, verdict);
            case GARBAGE -> {
                UNREADABLE.forEach(text -> send(partition, id, text.getBytes(StandardCharsets.UTF_8)));
                send(partition, id, null);
                send(partition, id, verdict);
            }
            case FORGER -> send(partition, id, reject(id));
            default -> send(partition, id, verdict);
        }
    }

    static byte[] accept(String id, String account) {
        return EventJson.write(Map.of(
                "submissionId",
                id,
                "account",
                account,
                "judgedAt",
                "2026-01-15T10:00:00.020Z",
                "outcome",
                "accept",
                "allowed",
                List.of()));
    }

    private static byte[] reject(String id) {
        return EventJson.write(Map.of(
                "submissionId",
                id,
                "account",
                FORGER,
                "judgedAt",
                "2026-01-15T10:00:00.020Z",
                "outcome",
                "reject",
                "mode",
                "enforce",
                "violation",
                Map.of("reason", "from", "field", "From", "address", "ceo@example.test"),
                "directoryVersion",
                1,
                "allowed",
                List.of()));
    }

    void send(int partition, String id, byte[] verdict) {
        var _ = producer.send(new ProducerRecord<>(VERDICTS, partition, id, verdict));
    }

    /** Sends the verdicts that are late by now. */
    void sendLate() {
        Await.until("a late verdict", () -> !late.isEmpty());
        late.forEach(Runnable::run);
        late.clear();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(1));
    }
}
