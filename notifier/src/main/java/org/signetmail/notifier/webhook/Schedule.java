package org.signetmail.notifier.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.signetmail.notifier.config.NotifierConfig;

/** When to try again. */
final class Schedule {
    private static final int MOST_DOUBLINGS = 30;

    private final Duration initial;
    private final Duration limit;
    private final Duration giveUp;

    /**
     * @param initial pause after the first attempt
     * @param limit of each pause
     * @param giveUp how long to try
     */
    Schedule(Duration initial, Duration limit, Duration giveUp) {
        this.initial = initial;
        this.limit = limit;
        this.giveUp = giveUp;
    }

    static Schedule of(NotifierConfig.Webhooks config) {
        return new Schedule(config.retryInitial(), config.retryLimit(), config.giveUpAfter());
    }

    /**
     * The next attempt after this one failed: each pause is double the one before, less up to half of it, so that what failed
     * together does not come back together. Empty: it would be too late.
     *
     * @param chance from 0 to 1
     */
    Optional<Instant> next(Delivery delivery, Instant now, double chance) {
        int doublings = Math.min(delivery.attempts() - 1, MOST_DOUBLINGS);
        double pause = Math.min(initial.toMillis() * Math.pow(2, doublings), limit.toMillis());
        Instant next = now.plusMillis(Math.round(pause * (1 - chance / 2)));
        return Optional.of(next).filter(delivery.since().plus(giveUp)::isAfter);
    }
}
