package org.signetmail.edge.relay;

import java.time.Duration;

/** Something that a loop does now and then. */
final class Periodic {
    private final long interval;
    private long last = System.nanoTime();

    Periodic(Duration interval) {
        this.interval = interval.toNanos();
    }

    /** Whether an interval has passed since this last said so. */
    boolean due() {
        long now = System.nanoTime();
        if (now - last < interval) {
            return false;
        }
        last = now;
        return true;
    }
}
