package org.signetmail.policy.replay;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What is kept of signet.submissions, read beside those who answer it: without a group, from an instant up to the ends
 * that the partitions had at the start. One partition after the other, as all records of an account are in one.
 */
@Singleton
final class SubmissionLog {
    private static final String TOPIC = "signet.submissions";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MOST_RECORDS = 200;

    private final Map<String, Object> settings;

    SubmissionLog(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "signet-policy-replay");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // what retention took away meanwhile is gone
        settings.put(
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20); // a fetch at the end of one partition holds up the next
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    }

    /** Takes the records of one poll. */
    interface Reader {
        /** @param total how many records there are from the start to the ends */
        void read(Iterable<ConsumerRecord<byte[], byte[]>> records, long total) throws Stopped;
    }

    /** Thrown by a reader that wants no more, and by the log when the broker does not answer. */
    static final class Stopped extends Exception {
        private static final long serialVersionUID = 1;

        Stopped(String message, Throwable cause) {
            super(message, cause);
        }
    }

    void read(Instant from, Reader reader) throws Stopped {
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC, LIMIT).stream()
                    .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
            Map<TopicPartition, Long> starts = starts(consumer, ends, from);
            long total = partitions.stream()
                    .mapToLong(partition -> ends.get(partition) - starts.get(partition))
                    .sum();
            for (TopicPartition partition : partitions) {
                consumer.assign(List.of(partition));
                consumer.seek(partition, starts.get(partition));
                readUpTo(ends.get(partition), partition, consumer, records -> reader.read(records, total));
            }
        } catch (TimeoutException e) {
            throw new Stopped("Kafka does not answer", e);
        }
    }

    private interface Batch {
        void read(Iterable<ConsumerRecord<byte[], byte[]>> records) throws Stopped;
    }

    private static void readUpTo(
            long end, TopicPartition partition, KafkaConsumer<byte[], byte[]> consumer, Batch batch) throws Stopped {
        long heard = System.nanoTime();
        while (consumer.position(partition, LIMIT) < end) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                heard = System.nanoTime();
                batch.read(records.records(partition).stream()
                        .filter(record -> record.offset() < end)
                        .toList());
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > LIMIT.toNanos()) {
                throw new Stopped("Kafka sends no records of " + partition, null);
            }
        }
    }

    /** The end, for a partition without a record as young as that. */
    private static Map<TopicPartition, Long> starts(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Instant from) {
        var times = new HashMap<TopicPartition, Long>();
        ends.keySet().forEach(partition -> times.put(partition, from.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times, LIMIT);
        var starts = new HashMap<TopicPartition, Long>();
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp start = found.get(partition);
            starts.put(partition, start == null ? end : Math.min(start.offset(), end));
        });
        return starts;
    }
}
