package org.signetmail.edge.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Waits that begin together and end one after the other, within the last fifth of the delay. Each ends a random step
 * behind the one before: a partition is read in order, so that ends drawn without regard to each other would all wait
 * for the latest of them.
 */
final class Spread {
    private static final int WINDOW = 5;
    /** On average a step is a thousandth of what is left of the window, so that it is never used up. */
    private static final int LONGEST_STEP = 500;

    private final Duration delay;
    private final RandomGenerator random;
    private Instant last = Instant.MIN;

    Spread(Duration delay, RandomGenerator random) {
        this.delay = delay;
        this.random = random;
    }

    /** When the wait that begins now ends: never before one that was given earlier, never later than the delay. */
    synchronized Instant next(Instant now) {
        Instant latest = now.plus(delay);
        Instant earliest = latest.minus(delay.dividedBy(WINDOW));
        Instant from = last.isBefore(earliest) ? earliest : last;
        long left = Math.max(0, Duration.between(from, latest).toNanos());
        last = from.plusNanos(random.nextLong(left / LONGEST_STEP + 1));
        return last;
    }
}
