package org.signetmail.edge.connection;

import java.time.Duration;

/**
 * When a read or write must be over. Reads have a timeout of their own, but TLS counts it per packet, and writes to a
 * client that does not read have none; whoever looks after the connections aborts those that are over.
 */
final class Deadline {
    private static final Duration GRACE = Duration.ofSeconds(1); // for the ordinary timeout to come first
    private static final long ORIGIN = System.nanoTime();

    private volatile long at = Long.MAX_VALUE;

    void in(Duration limit) {
        at = now() + limit.plus(GRACE).toNanos();
    }

    void lift() {
        at = Long.MAX_VALUE;
    }

    boolean isOver() {
        return now() > at;
    }

    private static long now() {
        return System.nanoTime() - ORIGIN;
    }
}
