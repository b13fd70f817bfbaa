package org.signetmail.edge.policy;

import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.EventJson;

/**
 * Reads this edge's reply partition on a thread of its own, from its end: verdicts from before the start answer nobody.
 * A plain consumer, because a question may only be asked once the end is known (deploy/docs/decisions/0004).
 */
final class VerdictReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(VerdictReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Map<String, Object> kafka;
    private final TopicPartition partition;
    private final Consumer<VerdictEvent> sink;
    private final Thread thread;
    private volatile KafkaConsumer<String, byte[]> consumer;
    private volatile boolean ready;
    private volatile boolean closed;

    VerdictReader(Map<String, Object> kafka, TopicPartition partition, Consumer<VerdictEvent> sink) {
        this.kafka = kafka;
        this.partition = partition;
        this.sink = sink;
        this.thread = Thread.ofPlatform().daemon().name("verdicts").unstarted(this::readUntilClosed);
    }

    void start() {
        thread.start();
    }

    /** Whether a verdict that is written from now on will be read. */
    boolean ready() {
        return ready;
    }

    private void readUntilClosed() {
        while (!closed) {
            try (var opened = new KafkaConsumer<>(kafka, new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer = opened;
                read(opened);
            } catch (WakeupException _) {
                LOG.debug("Verdict reader was woken to stop");
            } catch (KafkaException e) {
                LOG.warnf("Verdicts cannot be read, trying again: %s", e.getMessage());
                pause();
            } finally {
                ready = false;
            }
        }
    }

    private void read(KafkaConsumer<String, byte[]> opened) {
        opened.assign(List.of(partition));
        opened.seekToEnd(List.of(partition));
        long position = opened.position(partition); // blocks until the end is known
        LOG.infof("Reading verdicts from %s at %d", partition, position);
        ready = true;
        while (!closed) {
            for (ConsumerRecord<String, byte[]> verdict : opened.poll(POLL)) {
                deliver(verdict);
            }
        }
    }

    private void deliver(ConsumerRecord<String, byte[]> verdict) {
        try {
            sink.accept(EventJson.MAPPER.readValue(verdict.value(), VerdictEvent.class));
        } catch (JacksonException e) {
            LOG.errorf("Verdict at %s-%d is unreadable: %s", partition, verdict.offset(), e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("Reading an array failed", e);
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
        try {
            thread.join(POLL.plus(RETRY));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
