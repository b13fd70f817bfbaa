package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.relay.RetryTiers.Slot;

/** Long waits in steps, none of which overshoots. */
class RetryTiersTest {
    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");
    private static final RetryTiers TIERS = new RetryTiers(List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(4)));

    @Test
    void retriesGrow() {
        assertEquals(new Slot(0, NOW.plusSeconds(60)), TIERS.afterAttempt(1, NOW, NOW.minusSeconds(1)));
        assertEquals(new Slot(4, NOW.plusSeconds(14_400)), TIERS.afterAttempt(5, NOW, NOW.minusSeconds(1)));
        assertEquals(new Slot(4, NOW.plusSeconds(14_400)), TIERS.afterAttempt(60, NOW, NOW.minusSeconds(1)));
    }

    @Test
    void aRetryDoesNotSleepThroughTheTimeOfTheDelayNotice() {
        assertEquals(new Slot(3, NOW.plusSeconds(3_600)), TIERS.afterAttempt(5, NOW, NOW.plusSeconds(9_000)));
        assertEquals(new Slot(0, NOW.plusSeconds(60)), TIERS.afterAttempt(1, NOW, NOW.plusSeconds(9_000)));
    }

    @Test
    void aWeekIsWaitedInSteps() {
        Instant release = NOW.plus(Duration.ofDays(7)).plusSeconds(4_217);
        Instant at = NOW;
        int steps = 0;
        while (at.isBefore(release)) {
            Slot slot = TIERS.until(release, at);
            assertTrue(!slot.due().isAfter(release) && slot.due().isAfter(at), slot::toString);
            at = slot.due();
            steps++;
        }
        assertEquals(release, at);
        assertEquals(42 + 1 + 0 + 2 + 1, steps);
    }

    @Test
    void theLastStepIsNoLongerThanTheShortestDelay() {
        assertEquals(new Slot(0, NOW.plusSeconds(30)), TIERS.until(NOW.plusSeconds(30), NOW));
        assertEquals(new Slot(0, NOW.plusSeconds(60)), TIERS.until(NOW.plusSeconds(90), NOW));
        assertEquals(new Slot(1, NOW.plusSeconds(300)), TIERS.until(NOW.plusSeconds(300), NOW));
    }
}
