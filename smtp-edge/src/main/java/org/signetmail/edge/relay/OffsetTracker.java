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
 * it is committed, and with it what is settled beyond. For the polling thread only.
 */
final class OffsetTracker {
    private static final class Track {
        private final TreeSet<Long> open = new TreeSet<>();
        private Beyond before = Beyond.NOTHING;
        private long next;
        private OffsetAndMetadata committed = new OffsetAndMetadata(0);

        private long settledTo() {
            return open.isEmpty() ? next : open.first();
        }

        private OffsetAndMetadata committable() {
            long offset = settledTo();
            return new OffsetAndMetadata(offset, Beyond.text(offset, next, open));
        }
    }

    private final Map<TopicPartition, Track> tracks = new HashMap<>();

    private Track track(TopicPartition partition) {
        return tracks.computeIfAbsent(partition, _ -> new Track());
    }

    /** A partition is ours, and this is settled of what will be read. */
    void resume(TopicPartition partition, Beyond before) {
        track(partition).before = before;
    }

    /** A record was read; false when it was settled before. */
    boolean open(Position position) {
        Track track = track(position.partition());
        track.next = Math.max(track.next, position.offset() + 1);
        if (track.before.settled(position.offset())) {
            return false;
        }
        track.open.add(position.offset());
        return true;
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
            OffsetAndMetadata committable = track.committable();
            if (track.next > 0 && !committable.equals(track.committed)) {
                offsets.put(partition, committable);
            }
        });
        return offsets;
    }

    /** Before what all is settled; empty while nothing of the partition was read. */
    OptionalLong settledTo(TopicPartition partition) {
        Track track = tracks.get(partition);
        return track == null || track.next == 0 ? OptionalLong.empty() : OptionalLong.of(track.settledTo());
    }

    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Track track = tracks.get(partition);
            if (track != null) {
                track.committed = offset;
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
