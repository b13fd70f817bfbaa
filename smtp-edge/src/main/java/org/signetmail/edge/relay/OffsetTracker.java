package org.signetmail.edge.relay;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records are settled in any order, but a committed offset speaks for all before it: only what has no open record before
 * it is committed. For the polling thread only.
 */
final class OffsetTracker {
    private static final class Track {
        private final TreeSet<Long> open = new TreeSet<>();
        private long next;
        private long committed = -1;

        private long committable() {
            return open.isEmpty() ? next : open.first();
        }
    }

    private final Map<TopicPartition, Track> tracks = new HashMap<>();

    /** A record was read. */
    void open(Position position) {
        Track track = tracks.computeIfAbsent(position.partition(), _ -> new Track());
        track.open.add(position.offset());
        track.next = Math.max(track.next, position.offset() + 1);
    }

    /** A record is settled; one of a partition that is not ours any more has no effect. */
    void settle(Position position) {
        Track track = tracks.get(position.partition());
        if (track != null) {
            track.open.remove(position.offset());
        }
    }

    /** What can be committed and is not yet. */
    Map<TopicPartition, OffsetAndMetadata> committable() {
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        tracks.forEach((partition, track) -> {
            if (track.committable() > track.committed) {
                offsets.put(partition, new OffsetAndMetadata(track.committable()));
            }
        });
        return offsets;
    }

    /** Before what all is settled. */
    OptionalLong settledTo(TopicPartition partition) {
        Track track = tracks.get(partition);
        return track == null ? OptionalLong.empty() : OptionalLong.of(track.committable());
    }

    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Track track = tracks.get(partition);
            if (track != null) {
                track.committed = Math.max(track.committed, offset.offset());
            }
        });
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(tracks.keySet());
    }

    /** Partitions that went to another instance, or are read anew. */
    void forget(Collection<TopicPartition> partitions) {
        tracks.keySet().removeAll(partitions);
    }
}
