package org.signetmail.bench.outage;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Mail for the other destination: so many messages a second whatever happens (an open loop), each followed to its delivery. */
final class Others implements AutoCloseable {
    private static final int CONNECTIONS = 8;
    private static final int MOST = 1_000_000;
    private static final double NANOS_PER_MILLI = 1e6;

    /** Percentiles of a time, in milliseconds; and what was measured. */
    record Figures(
            long messages,
            double replyP50,
            double replyP99,
            double deliveryP50,
            double deliveryP99,
            long undelivered) {}

    private final long interval;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLongArray sent = new AtomicLongArray(MOST);
    private final AtomicLongArray answered = new AtomicLongArray(MOST);
    private final AtomicLongArray delivered = new AtomicLongArray(MOST);
    private final AtomicIntegerArray copies = new AtomicIntegerArray(MOST);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile long begun;
    private volatile boolean closed;

    Others(int rate) {
        interval = 1_000_000_000L / rate;
    }

    void start(int port) throws IOException {
        begun = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            Sender sender = Sender.open(port);
            threads.execute(() -> send(sender));
        }
    }

    void arrived(int number) {
        if (copies.incrementAndGet(number) == 1) {
            delivered.set(number, System.nanoTime());
        }
    }

    private void send(Sender sender) {
        try (sender) {
            while (!closed) {
                int number = next.getAndIncrement();
                long at = begun + number * interval;
                for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                sent.set(number, sender.submit(number, "bob@near.test", "FAILURE"));
                answered.set(number, System.nanoTime());
            }
        } catch (IOException e) {
            if (!closed) {
                System.err.println("Mail for the other destination: " + e);
            }
        }
    }

    /** The number of the next message. */
    int number() {
        return next.get();
    }

    /** Figures of the messages from one number up to another, which have had their time to be delivered. */
    Figures of(int from, int to) {
        var reply = new Histogram(3);
        var delivery = new Histogram(3);
        long undelivered = 0;
        for (int number = from; number < to; number++) {
            if (answered.get(number) == 0) {
                continue;
            }
            reply.recordValue(answered.get(number) - sent.get(number));
            if (delivered.get(number) == 0) {
                undelivered++;
            } else {
                // The relay may be faster than the reply's way to the client.
                delivery.recordValue(Math.max(0, delivered.get(number) - answered.get(number)));
            }
        }
        return new Figures(
                reply.getTotalCount(),
                reply.getValueAtPercentile(50) / NANOS_PER_MILLI,
                reply.getValueAtPercentile(99) / NANOS_PER_MILLI,
                delivery.getValueAtPercentile(50) / NANOS_PER_MILLI,
                delivery.getValueAtPercentile(99) / NANOS_PER_MILLI,
                undelivered);
    }

    /** Messages that came more than once. */
    long repeated() {
        long repeated = 0;
        for (int number = 0; number < next.get(); number++) {
            repeated += copies.get(number) > 1 ? 1 : 0;
        }
        return repeated;
    }

    /** Sends no more. */
    @Override
    public void close() {
        closed = true;
        threads.shutdown();
    }
}
