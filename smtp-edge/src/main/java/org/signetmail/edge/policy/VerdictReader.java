package org.signetmail.edge.policy;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.signetmail.edge.DependencyMetrics;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.EdgeMetrics.VerdictResult;
import org.signetmail.edge.event.EventJson;

/**
 * Reads this edge's reply partition on a thread of its own, from its end: verdicts from before the start answer nobody.
 * A plain consumer, because a question may only be asked once the end is known (deploy/docs/decisions/0004).
 */
final class VerdictReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(VerdictReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(3);

    private final Map<String, Object> settings;
    private final TopicPartition partition;
    private final Predicate<VerdictEvent> taker;
    private final EdgeMetrics metrics;
    private final DependencyMetrics dependencies;
    private final Thread thread;
    private volatile KafkaConsumer<String, byte[]> consumer;
    private volatile boolean ready;
    private volatile boolean closed;

    /** @param taker says whether anybody waits for the verdict */
    VerdictReader(
            Map<String, Object> broker,
            TopicPartition partition,
            Predicate<VerdictEvent> taker,
            EdgeMetrics metrics,
            DependencyMetrics dependencies) {
        this.settings = settings(broker);
        this.partition = partition;
        this.taker = taker;
        this.metrics = metrics;
        this.dependencies = dependencies;
        this.thread = Thread.ofPlatform().daemon().name("verdicts").unstarted(this::readUntilClosed);
    }

    private static Map<String, Object> settings(Map<String, Object> broker) {
        var settings = new HashMap<>(broker);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG); // every edge reads all of its own partition
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "signet-edge-verdicts");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Where the place is lost (a broker that lost its disk), better every verdict again than one never.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return settings;
    }

    void start() {
        thread.start();
    }

    /** Whether a verdict that is written from now on will be read, as far as the last look at the broker tells. */
    boolean ready() {
        return ready;
    }

    private void readUntilClosed() {
        while (!closed) {
            try {
                consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
                try (var _ = dependencies.show(consumer)) {
                    read(consumer);
                }
            } catch (WakeupException _) {
                LOG.debug("Verdict reader was woken to stop");
            } catch (RuntimeException e) { // Kafka's, and whatever else: nothing may end this thread
                LOG.warnf("Verdicts cannot be read, trying again: %s", e);
                pause();
            } finally {
                ready = false;
                dispose();
            }
        }
    }

    /** There is no group to leave and nothing to commit, so nothing is waited for. */
    private void dispose() {
        KafkaConsumer<String, byte[]> used = consumer;
        consumer = null;
        if (used != null) {
            used.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private void read(KafkaConsumer<String, byte[]> opened) {
        opened.assign(List.of(partition));
        opened.seekToEnd(List.of(partition));
        long position = opened.position(partition); // blocks until the end is known
        LOG.infof("Reading verdicts from %s at %d", partition, position);
        ready = true;
        long checked = System.nanoTime();
        while (!closed) {
            opened.poll(POLL).forEach(this::deliver);
            if (System.nanoTime() - checked >= CHECK_EVERY.toNanos()) {
                look(opened);
                checked = System.nanoTime();
            }
        }
    }

    /** A poll without records does not tell a quiet partition from an absent broker; asking for the end does. */
    private void look(KafkaConsumer<String, byte[]> opened) {
        boolean answers;
        try {
            answers = opened.endOffsets(List.of(partition), CHECK_LIMIT).containsKey(partition);
        } catch (TimeoutException _) {
            answers = false;
        }
        if (answers != ready) {
            LOG.infof(answers ? "Verdicts can be read again" : "Kafka is away: no verdict can be read");
        }
        ready = answers;
    }

    private void deliver(ConsumerRecord<String, byte[]> written) {
        metrics.verdict(verdict(written)
                .map(verdict -> taker.test(verdict) ? VerdictResult.TAKEN : VerdictResult.LATE)
                .orElse(VerdictResult.UNREADABLE));
    }

    private Optional<VerdictEvent> verdict(ConsumerRecord<String, byte[]> written) {
        try {
            return Optional.ofNullable(EventJson.MAPPER.readValue(written.value(), VerdictEvent.class));
        } catch (IOException | IllegalArgumentException e) { // no JSON of ours, or no value at all
            LOG.errorf("Verdict at %s, offset %d, is unreadable: %s", partition, written.offset(), firstLine(e));
            return Optional.empty();
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
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
