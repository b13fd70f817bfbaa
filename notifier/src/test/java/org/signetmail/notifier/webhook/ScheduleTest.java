package org.signetmail.notifier.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private static final Instant BEGIN = Instant.parse("2026-01-15T10:00:00Z");
    private static final Schedule SCHEDULE =
            new Schedule(Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofDays(1));

    @ParameterizedTest
    @CsvSource({
        "1, 0, 10",
        "1, 1, 5",
        "2, 0, 20",
        "2, 0.5, 15",
        "9, 0, 2560",
        "10, 0, 3600",
        "10, 1, 1800",
        "2000000000, 0, 3600"
    })
    void pausesDoubleUpToTheLimitLessSomeChance(int attempts, double chance, long seconds) {
        assertEquals(Optional.of(BEGIN.plusSeconds(seconds)), SCHEDULE.next(after(attempts), BEGIN, chance));
    }

    @Test
    void aDayLaterItIsGivenUp() {
        Instant almost = BEGIN.plus(Duration.ofHours(23)).minusMillis(1);
        assertEquals(Optional.of(almost.plus(Duration.ofHours(1))), SCHEDULE.next(after(30), almost, 0));
        assertEquals(Optional.empty(), SCHEDULE.next(after(30), almost.plusMillis(1), 0));
    }

    private static Delivery after(int attempts) {
        return new Delivery("id", "{}", BEGIN, attempts);
    }
}
