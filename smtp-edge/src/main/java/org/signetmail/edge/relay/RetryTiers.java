package org.signetmail.edge.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The delays of signet.retries. Each has a partition, so that its records fall due in order and those that are not due
 * hold up nobody. A longer wait is made of several: the message goes from tier to tier.
 */
final class RetryTiers {
    /** Where a message waits, and until when. */
    record Slot(int partition, Instant due) {}

    private final List<Duration> delays;
    private final List<Spread> spreads;

    /** @param delays from the shortest to the longest; each wait is up to a fifth shorter */
    RetryTiers(List<Duration> delays, RandomGenerator random) {
        this.delays = List.copyOf(delays);
        spreads = delays.stream().map(delay -> new Spread(delay, random)).toList();
    }

    /**
     * The wait after so many attempts.
     *
     * @param notBeyond an instant at which something is to be done with the message: the wait ends before, or soon after
     */
    Slot afterAttempt(int attempt, Instant now, Instant notBeyond) {
        int usual = Math.min(attempt, delays.size()) - 1;
        return notBeyond.isAfter(now) ? slot(Math.min(usual, towards(notBeyond, now)), now) : slot(usual, now);
    }

    /** The shortest wait. */
    Slot shortest(Instant now) {
        return slot(0, now);
    }

    /** The longest wait. */
    Slot longest(Instant now) {
        return slot(delays.size() - 1, now);
    }

    /**
     * The wait of a message that nobody may have before: the longest that does not overshoot. In the shortest it may wait
     * behind others, and so is late by that delay at most.
     */
    Slot until(Instant release, Instant now) {
        Slot slot = slot(towards(release, now), now);
        return slot.due().isAfter(release) ? new Slot(slot.partition(), release) : slot;
    }

    private int towards(Instant end, Instant now) {
        Duration left = Duration.between(now, end);
        int tier = 0;
        while (tier + 1 < delays.size() && delays.get(tier + 1).compareTo(left) <= 0) {
            tier++;
        }
        return tier;
    }

    private Slot slot(int tier, Instant now) {
        return new Slot(tier, spreads.get(tier).next(now));
    }
}
