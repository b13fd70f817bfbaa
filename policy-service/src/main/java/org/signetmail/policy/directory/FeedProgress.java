package org.signetmail.policy.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Up to which instant every change of the directory has been heard of. Thread-safe; written by the feed's thread. */
public final class FeedProgress {
    private final Clock clock;
    private final Instant started;
    private volatile Instant followedTo = Instant.EPOCH;

    public FeedProgress(Clock clock) {
        this.clock = clock;
        this.started = clock.instant();
    }

    /**
     * Every change committed before {@code at} has been heard of. A directory whose clock is ahead promises no more than
     * what was true when its heartbeat arrived.
     */
    void heartbeat(Instant at) {
        Instant now = clock.instant();
        Instant told = at.isBefore(now) ? at : now;
        if (told.isAfter(followedTo)) {
            followedTo = told;
        }
    }

    /** Changes may have been missed: nothing is known until the next heartbeat. */
    void lost() {
        followedTo = Instant.EPOCH;
    }

    Instant followedTo() {
        return followedTo;
    }

    /** How far the feed is behind; before the first heartbeat, how long this process has waited for it. */
    public Duration staleness() {
        Instant since = followedTo.isAfter(started) ? followedTo : started;
        return Duration.between(since, clock.instant());
    }
}
