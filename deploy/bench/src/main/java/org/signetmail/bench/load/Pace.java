package org.signetmail.bench.load;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When messages are due. In an open loop it is a time that no reply puts off, from which their latency counts: a server
 * that stops for a second delays all that were due in that second, and shows it.
 *
 * @param rate messages a second; 0: a closed loop, in which a message is due when a connection is free
 * @param begin of the run, in nanoseconds of the clock
 */
record Pace(int rate, long begin, LongSupplier clock, Sleeper sleeper) {
    /** Waits for so many nanoseconds. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(long nanos) throws InterruptedException;
    }

    static Pace of(int rate) {
        return new Pace(rate, System.nanoTime(), System::nanoTime, nanos -> TimeUnit.NANOSECONDS.sleep(nanos));
    }

    /** Waits until the message with this number, from 1, is due, and gives that time. */
    long awaitDue(long number) throws InterruptedException {
        long now = clock.getAsLong();
        if (rate == 0) {
            return now;
        }
        long due = begin + (number - 1) * TimeUnit.SECONDS.toNanos(1) / rate;
        if (due > now) {
            sleeper.sleep(due - now);
        }
        return due;
    }
}
