package org.signetmail.edge.relay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.signetmail.edge.event.OutboundHeaders;
import org.signetmail.edge.event.OutboundMessage;

/**
 * Puts messages together from their parts. A writer sends the parts of one message in order under one key, so they stand
 * in order in one partition, with those of other writers in between. For the polling thread only.
 */
final class PartAssembler {
    /** What a part led to. */
    sealed interface Arrival {
        /** The message is whole. */
        record Whole(InHand mail) implements Arrival {}

        /** Parts are missing; their positions are held back. */
        record Incomplete() implements Arrival {}

        /** The tail of a message whose beginning is not to be seen any more. */
        record Stray() implements Arrival {}
    }

    private record Key(TopicPartition partition, String id) {}

    private final Map<Key, Assembly> assemblies = new HashMap<>();

    Arrival add(Part part) {
        if (part.count() == 1) {
            return new Arrival.Whole(
                    new InHand(message(part, part.octets()), List.of(part.position()), part.writtenAt()));
        }
        var key = new Key(part.position().partition(), part.id());
        Assembly assembly = assemblies.get(key);
        if (part.number() == 1) {
            // Again part 1: the writer began anew, or the record stands there twice. What it wrote before goes with it.
            assembly = new Assembly(part, assembly);
            assemblies.put(key, assembly);
            return new Arrival.Incomplete();
        }
        if (assembly == null) {
            // All offsets of a message are settled at once, so its beginning was settled, and it with it.
            return new Arrival.Stray();
        }
        if (!assembly.completedBy(part)) {
            return new Arrival.Incomplete();
        }
        assemblies.remove(key);
        return new Arrival.Whole(assembly.mail());
    }

    int incomplete() {
        return assemblies.size();
    }

    /** Partitions that went to another instance: it reads them again from the first part on. */
    void forget(Collection<TopicPartition> partitions) {
        assemblies.keySet().removeIf(key -> partitions.contains(key.partition()));
    }

    /**
     * Drops the messages whose newest part was written before the limit of their partition.
     *
     * @return the positions of each, to be acknowledged
     */
    Map<String, List<Position>> drop(Function<TopicPartition, Instant> limit) {
        var dropped = new HashMap<String, List<Position>>();
        assemblies.entrySet().removeIf(entry -> {
            Assembly assembly = entry.getValue();
            boolean old = assembly.newest.isBefore(limit.apply(entry.getKey().partition()));
            if (old) {
                dropped.put(entry.getKey().id(), assembly.positions);
            }
            return old;
        });
        return dropped;
    }

    private static OutboundMessage message(Part first, byte[] content) {
        return OutboundHeaders.read(first.id(), first.headers(), content);
    }

    private static final class Assembly {
        private final OutboundMessage envelope;
        private final int count;
        private final List<byte[]> parts = new ArrayList<>();
        private final List<Position> positions = new ArrayList<>();
        private Instant newest;

        Assembly(Part first, Assembly before) {
            envelope = message(first, first.octets());
            count = first.count();
            if (before != null) {
                positions.addAll(before.positions);
            }
            take(first);
        }

        boolean completedBy(Part part) {
            if (part.number() == parts.size() + 1 && part.count() == count) {
                take(part);
                return parts.size() == count;
            }
            // A repeated part, or one behind a gap that only a new part 1 can close.
            positions.add(part.position());
            return false;
        }

        private void take(Part part) {
            parts.add(part.octets());
            positions.add(part.position());
            newest = part.writtenAt();
        }

        InHand mail() {
            int length = parts.stream().mapToInt(part -> part.length).sum();
            var content = new byte[length];
            int end = 0;
            for (byte[] part : parts) {
                System.arraycopy(part, 0, content, end, part.length);
                end += part.length;
            }
            return new InHand(envelope.withContent(content), positions, newest);
        }
    }
}
