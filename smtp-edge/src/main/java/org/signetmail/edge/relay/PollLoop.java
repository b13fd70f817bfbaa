package org.signetmail.edge.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jboss.logging.Logger;
import org.signetmail.edge.DependencyMetrics;
import org.signetmail.edge.event.OutboundWriter;

/**
 * Reads signet.outbound and signet.retries in one thread that never waits for a delivery: it polls on, so that the group
 * keeps this member, with partitions paused while couriers are busy or a partition's next retry is not due.
 */
final class PollLoop implements Runnable {
    private static final Logger LOG = Logger.getLogger(PollLoop.class);
    private static final List<String> TOPICS = List.of(OutboundWriter.OUTBOUND, OutboundWriter.RETRIES);
    private static final Duration IDLE_POLL = Duration.ofMillis(100);
    private static final Duration BUSY_POLL = Duration.ofMillis(20);
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(200);
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(30);
    private static final Duration BROKER_LIMIT = Duration.ofSeconds(5);
    /** How long a rebalance waits for deliveries under way, which the next owner would make a second time. */
    private static final Duration HANDOVER_LIMIT = Duration.ofSeconds(3);

    private enum State {
        READING,
        DRAINING,
        STOPPED
    }

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Intake intake;
    private final Couriers couriers;
    private final HopGate gate;
    private final BackOff backOff;
    private final Duration incompleteAfter;
    private final Backlog backlog;
    private final DependencyMetrics dependencies;
    private final Clock clock;
    private final DueTimes dueTimes = new DueTimes();
    private final WaitingLines lines;
    private final Map<TopicPartition, Instant> newest = new HashMap<>();
    private final Periodic commits = new Periodic(COMMIT_INTERVAL);
    private final Periodic sweeps;
    private boolean committing;
    private volatile State state = State.READING;

    PollLoop(
            Supplier<Consumer<String, byte[]>> consumers,
            Intake intake,
            Couriers couriers,
            WaitingLines lines,
            HopGate gate,
            BackOff backOff,
            Duration incompleteAfter,
            Backlog backlog,
            DependencyMetrics dependencies,
            Clock clock) {
        this.consumers = consumers;
        this.intake = intake;
        this.couriers = couriers;
        this.lines = lines;
        this.gate = gate;
        this.backOff = backOff;
        this.incompleteAfter = incompleteAfter;
        this.backlog = backlog;
        this.dependencies = dependencies;
        this.clock = clock;
        this.sweeps = new Periodic(incompleteAfter.compareTo(SWEEP_INTERVAL) < 0 ? incompleteAfter : SWEEP_INTERVAL);
    }

    /** Reads no more, but keeps the partitions and commits what is settled. */
    void drain() {
        state = State.DRAINING;
    }

    /** Commits a last time, leaves the group and ends. */
    void stop() {
        state = State.STOPPED;
    }

    @Override
    public void run() {
        for (int failures = 1; state == State.READING; failures++) {
            try {
                session();
            } catch (RuntimeException e) {
                Duration pause = backOff.after(failures);
                LOG.errorf(e, "Reading from Kafka failed, begun anew in %s", pause);
                rest(pause);
            }
        }
    }

    private void session() {
        Consumer<String, byte[]> consumer = consumers.get();
        try (var _ = dependencies.show(consumer)) {
            lines.partitions(
                    consumer.partitionsFor(OutboundWriter.RETRIES, BROKER_LIMIT).size());
            consumer.subscribe(TOPICS, new Rebalance(consumer));
            while (state != State.STOPPED) {
                steer(consumer);
                ConsumerRecords<String, byte[]> records =
                        consumer.poll(couriers.busy() ? BUSY_POLL : dueTimes.untilNext(clock.instant(), IDLE_POLL));
                records.partitions().forEach(partition -> take(consumer, partition, records.records(partition)));
                collectFinished(Duration.ZERO);
                backlog.look(consumer, intake);
                if (commits.due() && !committing) {
                    commit(consumer);
                }
                if (sweeps.due() && intake.incomplete() > 0) {
                    sweep(consumer);
                }
            }
            collectFinished(Duration.ZERO);
            commitNow(consumer);
        } finally {
            close(consumer);
        }
    }

    private void close(Consumer<String, byte[]> consumer) {
        try {
            consumer.close(CloseOptions.timeout(BROKER_LIMIT));
        } finally {
            intake.forgetAll();
            dueTimes.clear();
            lines.clear();
            newest.clear();
            committing = false;
        }
    }

    private void steer(Consumer<String, byte[]> consumer) {
        dueTimes.release(clock.instant());
        lines.release();
        boolean none = state != State.READING || couriers.busy();
        boolean onlyNew = couriers.busyPostponing();
        Map<Boolean, List<TopicPartition>> byHold = consumer.assignment().stream()
                .collect(Collectors.partitioningBy(partition -> none
                        || onlyNew && partition.topic().equals(OutboundWriter.RETRIES)
                        || dueTimes.holds(partition)
                        || lines.holds(partition)));
        consumer.pause(byHold.get(true));
        consumer.resume(byHold.get(false));
    }

    private void take(
            Consumer<String, byte[]> consumer, TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            Instant due = Part.due(record).orElse(Instant.MIN);
            if (due.isAfter(clock.instant())) {
                // Those behind it fall due later: none is kept here, all are read again when this one is due.
                consumer.seek(partition, record.offset());
                dueTimes.hold(partition, due);
                return;
            }
            if (lines.stopAt(record)) {
                consumer.seek(partition, record.offset());
                return;
            }
            newest.put(partition, Instant.ofEpochMilli(record.timestamp()));
            intake.arrive(record).ifPresent(couriers::hand);
        }
    }

    private void collectFinished(Duration wait) {
        for (var next = couriers.nextFinished(wait); next.isPresent(); next = couriers.nextFinished(Duration.ZERO)) {
            intake.finished(next.get().mail(), next.get().end()).ifPresent(couriers::hand);
        }
    }

    private void commit(Consumer<String, byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> offsets = intake.committable();
        if (offsets.isEmpty()) {
            return;
        }
        committing = true;
        consumer.commitAsync(offsets, (committed, failure) -> {
            committing = false;
            if (failure == null) {
                intake.committed(committed);
            } else {
                boolean passing = failure instanceof RetriableCommitFailedException
                        || failure instanceof RebalanceInProgressException;
                LOG.logf(passing ? Logger.Level.DEBUG : Logger.Level.WARN, "Not committed: %s", failure.getMessage());
            }
        });
    }

    private void commitNow(Consumer<String, byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> offsets = intake.committable();
        try {
            consumer.commitSync(offsets, BROKER_LIMIT);
            intake.committed(offsets);
        } catch (KafkaException e) {
            LOG.warnf("Not committed, so delivered again: %s", e.getMessage());
        }
    }

    /**
     * A writer sends the parts of a message within seconds. So one is given up when its partition is read to its end, or
     * to records much younger than it; how long ago we read it says nothing, we may have been held up before the rest.
     */
    private void sweep(Consumer<String, byte[]> consumer) {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), BROKER_LIMIT);
            Instant now = clock.instant();
            intake.dropIncomplete(partition -> {
                boolean readToEnd = ends.containsKey(partition) && consumer.position(partition) >= ends.get(partition);
                return (readToEnd ? now : newest.getOrDefault(partition, Instant.EPOCH)).minus(incompleteAfter);
            });
        } catch (KafkaException e) {
            LOG.warnf("Incomplete messages are looked at later: %s", e.getMessage());
        }
    }

    private void rest(Duration pause) {
        try {
            gate.pause(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            state = State.STOPPED;
        }
    }

    /** Hands partitions over with what is settled committed, so that the next owner repeats as little as possible. */
    private final class Rebalance implements ConsumerRebalanceListener {
        private final Consumer<String, byte[]> consumer;

        Rebalance(Consumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            LOG.debugf("Assigned: %s", partitions);
            try {
                consumer.committed(Set.copyOf(partitions), BROKER_LIMIT)
                        .forEach((partition, committed) -> intake.resume(partition, Beyond.of(committed)));
            } catch (KafkaException e) {
                LOG.warnf("What is settled already is not known, and repeated: %s", e.getMessage());
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            intake.abandon(partitions);
            long end = System.nanoTime() + HANDOVER_LIMIT.toNanos();
            while (intake.holdsAnyOf(partitions) && System.nanoTime() < end) {
                collectFinished(BUSY_POLL);
            }
            commitNow(consumer);
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            intake.forget(partitions);
            dueTimes.forget(partitions);
            lines.forget(partitions);
            newest.keySet().removeAll(partitions);
        }
    }
}
