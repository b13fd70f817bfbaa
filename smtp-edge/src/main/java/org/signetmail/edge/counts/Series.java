package org.signetmail.edge.counts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The counts of one key by bucket, this edge's and what the others say of theirs. Thread-safe. */
final class Series {
    private static final class Bucket {
        private int own;
        private final Map<String, Integer> others = new HashMap<>(2);

        private long sum() {
            return own + others.values().stream().mapToLong(Integer::longValue).sum();
        }
    }

    private final Kind kind;
    private final NavigableMap<Long, Bucket> buckets = new TreeMap<>();

    Series(Kind kind) {
        this.kind = kind;
    }

    /** Gives the bucket that changed. */
    synchronized long add(long second, int number) {
        long start = kind.bucketOf(second);
        buckets.computeIfAbsent(start, _ -> new Bucket()).own += number;
        return start;
    }

    /** Takes back from what this edge has counted, the newest first, as far as there is. Gives the buckets that changed. */
    synchronized long[] takeBack(int number) {
        int left = number;
        var changed = new ArrayList<Long>();
        for (Map.Entry<Long, Bucket> entry : buckets.descendingMap().entrySet()) {
            Bucket bucket = entry.getValue();
            int taken = Math.min(left, bucket.own);
            if (taken > 0) {
                bucket.own -= taken;
                left -= taken;
                changed.add(entry.getKey());
            }
        }
        return changed.stream().mapToLong(Long::longValue).toArray();
    }

    synchronized void learn(long start, String edge, int number) {
        buckets.computeIfAbsent(start, _ -> new Bucket()).others.put(edge, number);
    }

    synchronized int own(long start) {
        Bucket bucket = buckets.get(start);
        return bucket == null ? 0 : bucket.own;
    }

    synchronized long sum(long now) {
        forget(now);
        return buckets.values().stream().mapToLong(Bucket::sum).sum();
    }

    /** When the sum will be below a limit if nothing is added; empty when it is now. */
    synchronized OptionalLong below(long limit, long now) {
        long left = sum(now);
        if (left < limit) {
            return OptionalLong.empty();
        }
        long end = now;
        for (Map.Entry<Long, Bucket> entry : buckets.entrySet()) {
            left -= entry.getValue().sum();
            end = kind.endOf(entry.getKey());
            if (left < limit) {
                break;
            }
        }
        return OptionalLong.of(end);
    }

    /** Gives false when nothing is left. */
    synchronized boolean forget(long now) {
        buckets.keySet().removeIf(start -> kind.endOf(start) <= now);
        return !buckets.isEmpty();
    }
}
