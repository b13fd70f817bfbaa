package org.signetmail.edge.relay;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.signetmail.edge.relay.Couriers.End;
import org.signetmail.edge.relay.PartAssembler.Arrival;
import org.signetmail.edge.relay.RelayMetrics.Dropped;

/**
 * From records to messages, each once, and back from settled messages to offsets. For the polling thread only, so that
 * nothing here needs a lock.
 */
final class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final PartAssembler assembler = new PartAssembler();
    private final OffsetTracker offsets = new OffsetTracker();
    private final Map<String, InHand> inHand = new HashMap<>();
    private final SettledIds settled;
    private final RelayMetrics metrics;

    Intake(int rememberedIds, RelayMetrics metrics) {
        this.settled = new SettledIds(rememberedIds);
        this.metrics = metrics;
    }

    /** A partition is ours from now on, and so much of it is settled. */
    void resume(TopicPartition partition, Beyond before) {
        offsets.resume(partition, before);
    }

    /** @return the message that this record made whole, when it is to be delivered */
    Optional<InHand> arrive(ConsumerRecord<String, byte[]> record) {
        Position position = Part.position(record);
        if (!offsets.open(position)) {
            return Optional.empty(); // whoever had the partition before us settled it
        }
        try {
            return switch (assembler.add(Part.of(record))) {
                case Arrival.Whole(InHand mail) -> unlessKnown(mail);
                case Arrival.Incomplete() -> Optional.empty();
                case Arrival.Stray() -> drop(position, Dropped.DUPLICATE);
            };
        } catch (RuntimeException e) {
            LOG.errorf("%s: no message that can be read, skipped: %s", position, e.getMessage());
            return drop(position, Dropped.UNREADABLE);
        }
    }

    private Optional<InHand> unlessKnown(InHand mail) {
        if (settled.contains(mail.key())) {
            dropDuplicate(mail);
            return Optional.empty();
        }
        InHand same = inHand.putIfAbsent(mail.key(), mail);
        if (same != null) {
            same.repeated().add(mail);
            return Optional.empty();
        }
        return Optional.of(mail);
    }

    private Optional<InHand> drop(Position position, Dropped reason) {
        offsets.settle(position);
        metrics.count(reason);
        return Optional.empty();
    }

    /**
     * A courier is done with the message. What was held comes again under the same key and is no duplicate then; it may have
     * come already, before the courier said so. Nor is what came twice when the first of them stays open.
     *
     * @return what came meanwhile, to be delivered now
     */
    Optional<InHand> finished(InHand mail, End end) {
        boolean ours = inHand.remove(mail.key(), mail);
        return switch (end) {
            case SETTLED -> {
                settled.add(mail.key());
                mail.positions().forEach(offsets::settle);
                mail.repeated().forEach(this::dropDuplicate);
                yield Optional.empty();
            }
            case HELD -> {
                mail.positions().forEach(offsets::settle);
                yield ours ? next(mail) : Optional.empty();
            }
            case OPEN -> {
                LOG.debugf("%s: not settled, its offsets stay open", mail.key());
                yield ours ? next(mail) : Optional.empty();
            }
        };
    }

    private void dropDuplicate(InHand mail) {
        mail.positions().forEach(offsets::settle);
        metrics.count(Dropped.DUPLICATE);
    }

    private Optional<InHand> next(InHand mail) {
        Optional<InHand> next = Optional.ofNullable(mail.repeated().poll());
        next.ifPresent(inPlace -> {
            inPlace.repeated().addAll(mail.repeated());
            inHand.put(inPlace.key(), inPlace);
        });
        return next;
    }

    int inHand() {
        return inHand.size();
    }

    /** When the oldest message in hand was written. */
    Optional<Instant> oldest() {
        return inHand.values().stream().map(InHand::writtenAt).min(Comparator.naturalOrder());
    }

    /** Where the first record is that is not settled; empty when none of the partition was read yet. */
    OptionalLong settledTo(TopicPartition partition) {
        return offsets.settledTo(partition);
    }

    int incomplete() {
        return assembler.incomplete();
    }

    /** Drops messages whose writer gave up, so that they do not hold back offsets for ever. */
    void dropIncomplete(Function<TopicPartition, Instant> writtenBefore) {
        for (Map.Entry<String, List<Position>> dropped :
                assembler.drop(writtenBefore).entrySet()) {
            LOG.warnf("%s: the last part never came, dropped: its writer answered no 250", dropped.getKey());
            dropped.getValue().forEach(offsets::settle);
            metrics.count(Dropped.INCOMPLETE);
        }
    }

    /** Tells couriers that the messages of these partitions are another instance's now. */
    void abandon(Collection<TopicPartition> partitions) {
        of(partitions).forEach(InHand::abandon);
    }

    boolean holdsAnyOf(Collection<TopicPartition> partitions) {
        return !of(partitions).isEmpty();
    }

    private List<InHand> of(Collection<TopicPartition> partitions) {
        return inHand.values().stream()
                .filter(mail -> partitions.contains(mail.positions().getFirst().partition()))
                .toList();
    }

    /** After this the partitions' records may come again, and are new. */
    void forget(Collection<TopicPartition> partitions) {
        abandon(partitions);
        inHand.values()
                .forEach(mail -> mail.repeated()
                        .removeIf(same -> partitions.contains(same.first().partition())));
        inHand.values().removeAll(of(partitions));
        assembler.forget(partitions);
        offsets.forget(partitions);
    }

    /** As {@link #forget}, for every partition. */
    void forgetAll() {
        forget(offsets.partitions());
    }

    Map<TopicPartition, OffsetAndMetadata> committable() {
        return offsets.committable();
    }

    void committed(Map<TopicPartition, OffsetAndMetadata> committed) {
        offsets.committed(committed);
    }
}
