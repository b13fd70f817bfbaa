package org.signetmail.policy.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Up to which instant every change of the directory has been heard of. Thread-safe; written by the feed's thread. */
public final class FeedProgress {
    private final Clock clock;
    private volatile Instant waitingSince;
    private volatile Instant followedTo = Instant.EPOCH;

    public FeedProgress(Clock clock) {
        this.clock = clock;
        this.waitingSince = clock.instant();
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
        if (isFollowed()) {
            waitingSince = clock.instant();
            followedTo = Instant.EPOCH;
        }
    }

    Instant followedTo() {
        return followedTo;
    }

    /** How far the feed is behind; without it, how long its first heartbeat has been waited for. */
    public Duration staleness() {
        return Duration.between(isFollowed() ? followedTo : waitingSince, clock.instant());
    }

    private boolean isFollowed() {
        return followedTo.isAfter(Instant.EPOCH);
    }
}
