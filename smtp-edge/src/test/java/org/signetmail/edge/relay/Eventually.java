package org.signetmail.edge.relay;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition, within bounds. */
final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(10);

    private Eventually() {}

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + LIMIT.toSeconds() + " s: " + what);
            }
            Thread.sleep(POLL);
        }
    }
}
