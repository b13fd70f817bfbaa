package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.relay.RetryTiers.Slot;

/** Long waits in steps, none of which overshoots. */
class RetryTiersTest {
    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");
    private static final List<Duration> DELAYS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(4));
    private final RetryTiers tiers = new RetryTiers(DELAYS, new SplittableRandom(1));

    private static void assertWaits(int tier, Slot slot) {
        assertEquals(tier, slot.partition());
        Duration delay = DELAYS.get(tier);
        Duration wait = Duration.between(NOW, slot.due());
        assertTrue(
                wait.compareTo(delay) <= 0
                        && wait.compareTo(delay.multipliedBy(4).dividedBy(5)) >= 0,
                slot::toString);
    }

    @Test
    void retriesGrow() {
        assertWaits(0, tiers.afterAttempt(1, NOW, NOW.minusSeconds(1)));
        assertWaits(4, tiers.afterAttempt(5, NOW, NOW.minusSeconds(1)));
        assertWaits(4, tiers.afterAttempt(60, NOW, NOW.minusSeconds(1)));
    }

    @Test
    void aRetryDoesNotSleepThroughTheTimeOfTheDelayNotice() {
        assertWaits(3, tiers.afterAttempt(5, NOW, NOW.plusSeconds(9_000)));
        assertWaits(0, tiers.afterAttempt(1, NOW, NOW.plusSeconds(9_000)));
    }

    @Test
    void aWeekIsWaitedInSteps() {
        Instant release = NOW.plus(Duration.ofDays(7)).plusSeconds(4_217);
        Instant at = NOW;
        int steps = 0;
        while (at.isBefore(release)) {
            Slot slot = tiers.until(release, at);
            assertTrue(!slot.due().isAfter(release) && slot.due().isAfter(at), slot::toString);
            at = slot.due();
            steps++;
        }
        assertEquals(release, at);
        // 42 of four hours and four more, were they not spread
        assertTrue(steps >= 42 && steps <= 70, "steps: " + steps);
    }

    @Test
    void theLastStepIsNoLongerThanTheShortestDelay() {
        assertEquals(new Slot(0, NOW.plusSeconds(30)), tiers.until(NOW.plusSeconds(30), NOW));
        assertWaits(0, tiers.until(NOW.plusSeconds(90), NOW));
        assertWaits(1, tiers.until(NOW.plusSeconds(300), NOW));
    }

    @Test
    void aThousandMessagesOfOneOutageComeBackOneAfterTheOther() {
        List<Instant> dues = IntStream.range(0, 1000)
                .mapToObj(_ -> tiers.afterAttempt(1, NOW, NOW.minusSeconds(1)).due())
                .toList();
        assertEquals(dues.stream().sorted().toList(), dues, "in the order of their partition");
        assertWaits(0, new Slot(0, dues.getLast()));
        Map<Long, Long> bySecond =
                dues.stream().collect(Collectors.groupingBy(Instant::getEpochSecond, Collectors.counting()));
        assertTrue(bySecond.values().stream().allMatch(messages -> messages < 300), bySecond::toString);
    }
}
