package org.signetmail.e2e;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process does, bounded; there is nothing to be woken by. */
final class Waiting {
    private static final Duration POLL = Duration.ofMillis(50);

    private Waiting() {}

    static void until(BooleanSupplier condition, String what, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + limit + ": " + what);
            }
            pause(POLL);
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting", e);
        }
    }
}
