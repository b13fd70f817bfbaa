package org.signetmail.edge.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Partitions of signet.retries whose next record is not due yet: it is nobody's business before. */
final class DueTimes {
    private final Map<TopicPartition, Instant> notBefore = new HashMap<>();

    void hold(TopicPartition partition, Instant due) {
        notBefore.put(partition, due);
    }

    boolean holds(TopicPartition partition) {
        return notBefore.containsKey(partition);
    }

    void release(Instant now) {
        notBefore.values().removeIf(due -> !due.isAfter(now));
    }

    /** The time until the next partition falls due, at most the limit. */
    Duration untilNext(Instant now, Duration limit) {
        Instant end = now.plus(limit);
        Instant next = notBefore.values().stream()
                .filter(end::isAfter)
                .min(Instant::compareTo)
                .orElse(end);
        return next.isBefore(now) ? Duration.ZERO : Duration.between(now, next);
    }

    void forget(Collection<TopicPartition> partitions) {
        notBefore.keySet().removeAll(partitions);
    }

    void clear() {
        notBefore.clear();
    }
}
