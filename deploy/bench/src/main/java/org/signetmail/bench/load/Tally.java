package org.signetmail.bench.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;

/** Counts and times of one run, from all its connections at once. */
final class Tally {
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(5);
    private static final int DIGITS = 3;
    private static final int DIFFERENT_WORDS = 20;

    private final long begin = System.nanoTime();
    private final LongAccumulator last = new LongAccumulator(Math::max, begin);
    private final LongAdder messages = new LongAdder();
    private final Map<Integer, LongAdder> replies = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> unexpected = new ConcurrentHashMap<>();
    private final ConcurrentHistogram finalReply = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final ConcurrentHistogram transaction = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final ConcurrentHistogram signIn = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);

    void signedIn(long sent) {
        record(signIn, sent, System.nanoTime());
    }

    /** The final reply came; times in nanoseconds of {@link System#nanoTime()}. */
    void answered(Reply reply, int expected, long due, long contentSent) {
        long now = System.nanoTime();
        last.accumulate(now);
        count(replies, reply.code());
        if (reply.code() == expected) {
            messages.increment();
            record(finalReply, contentSent, now);
            record(transaction, due, now);
        } else {
            unexpected(UnexpectedReply.describe("final reply", reply));
        }
    }

    void unexpected(String what) {
        count(
                unexpected,
                unexpected.size() < DIFFERENT_WORDS || unexpected.containsKey(what) ? what : "something else");
    }

    LoadResult result(boolean cutShort) {
        return new LoadResult(
                messages.sum(),
                (last.get() - begin) / (double) TimeUnit.SECONDS.toNanos(1),
                cutShort,
                sums(replies),
                sums(unexpected),
                Latency.of(finalReply),
                Latency.of(transaction),
                Latency.of(signIn));
    }

    private static void record(ConcurrentHistogram histogram, long from, long to) {
        histogram.recordValue(Math.min(TimeUnit.NANOSECONDS.toMicros(to - from), LONGEST_MICROS));
    }

    private static <K> void count(Map<K, LongAdder> counters, K key) {
        counters.computeIfAbsent(key, absent -> new LongAdder()).increment();
    }

    private static <K extends Comparable<K>> Map<K, Long> sums(Map<K, LongAdder> counters) {
        var sums = new TreeMap<K, Long>();
        counters.forEach((key, counter) -> sums.put(key, counter.sum()));
        return sums;
    }
}
