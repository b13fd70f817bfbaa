package org.signetmail.edge.counts;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.EventJson;

/** Reads all of {@code signet.counts} on a thread of its own, from its beginning: what was counted of late is still of use. */
final class CountsReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CountsReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int FETCH_OCTETS = 512 * 1024;

    private final Map<String, Object> settings;
    private final Consumer<CountEvent> listener;
    private final Thread thread;
    private volatile KafkaConsumer<String, byte[]> consumer;
    private volatile boolean closed;

    CountsReader(Map<String, Object> broker, Consumer<CountEvent> listener) {
        this.settings = settings(broker);
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("counts-reader").unstarted(this::readUntilClosed);
    }

    private static Map<String, Object> settings(Map<String, Object> broker) {
        var settings = new HashMap<>(broker);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG); // every edge reads all
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_OCTETS);
        return settings;
    }

    void start() {
        thread.start();
    }

    private void readUntilClosed() {
        while (!closed) {
            try (var opened = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer = opened;
                read(opened);
                opened.close(CloseOptions.timeout(Duration.ZERO)); // nothing to leave, nothing to commit
            } catch (WakeupException _) {
                LOG.debug("Reader of counts was woken to stop");
            } catch (RuntimeException e) { // Kafka's, and whatever else: nothing may end this thread
                LOG.warnf("Counts of other edges cannot be read, trying again: %s", e.getMessage());
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    private void read(KafkaConsumer<String, byte[]> opened) {
        List<TopicPartition> partitions = opened.partitionsFor(SharedCounts.TOPIC).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("There is no topic " + SharedCounts.TOPIC);
        }
        opened.assign(partitions);
        opened.seekToBeginning(partitions);
        while (!closed) {
            opened.poll(POLL).forEach(this::hear);
        }
    }

    private void hear(ConsumerRecord<String, byte[]> written) {
        if (written.value() == null) { // a tombstone: nobody writes any, but an operator may
            return;
        }
        try {
            listener.accept(EventJson.MAPPER.readValue(written.value(), CountEvent.class));
        } catch (IOException | RuntimeException e) { // of another version, or none of ours
            LOG.debugf("Count in %s, offset %d, is unreadable: %s", written.topic(), written.offset(), e.getMessage());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        KafkaConsumer<String, byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        thread.interrupt();
    }
}
