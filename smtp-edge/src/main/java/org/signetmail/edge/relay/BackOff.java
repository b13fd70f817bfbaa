package org.signetmail.edge.relay;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses that double up to a limit, each shortened by up to a fifth so that waiting deliveries spread out. */
record BackOff(Duration first, Duration limit) {
    private static final int MOST_DOUBLINGS = 20;

    /** @param failures in a row, at least 1 */
    Duration after(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long millis = Math.max(1, Math.min(doubled, limit.toMillis()));
        return Duration.ofMillis(millis - ThreadLocalRandom.current().nextLong(millis / 5 + 1));
    }
}
