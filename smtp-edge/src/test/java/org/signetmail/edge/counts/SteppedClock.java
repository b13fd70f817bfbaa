package org.signetmail.edge.counts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that passes when the test says so. */
public final class SteppedClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-01-15T10:02:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }
}
