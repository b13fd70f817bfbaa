package org.signetmail.edge.counts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CountsTest {
    private static final Key ALICE = new Key(Kind.MESSAGES_AN_HOUR, "alice");
    private static final Instant BUCKET = Instant.parse("2026-01-15T10:00:00Z");

    private final SteppedClock clock = new SteppedClock();
    private final Counts counts = new Counts("one", clock);

    @Test
    void theWindowSlidesByBuckets() {
        counts.add(ALICE, 2);
        clock.pass(Duration.ofMinutes(30));
        counts.add(ALICE, 3);
        assertEquals(5, counts.sum(ALICE));
        clock.pass(Duration.ofMinutes(32)); // 11:04: nothing may be forgotten before its hour is over
        assertEquals(5, counts.sum(ALICE));
        clock.pass(Duration.ofMinutes(1));
        assertEquals(3, counts.sum(ALICE));
        clock.pass(Duration.ofMinutes(30));
        assertEquals(0, counts.sum(ALICE));
    }

    @Test
    void tellsFromWhenOnThereIsRoom() {
        assertEquals(Optional.empty(), counts.below(ALICE, 1));
        counts.add(ALICE, 2);
        clock.pass(Duration.ofMinutes(30));
        counts.add(ALICE, 3);
        assertEquals(Optional.empty(), counts.below(ALICE, 6));
        assertEquals(Optional.of(Instant.parse("2026-01-15T11:05:00Z")), counts.below(ALICE, 5));
        assertEquals(Optional.of(Instant.parse("2026-01-15T11:35:00Z")), counts.below(ALICE, 3));
        Optional<Instant> all = Optional.of(Instant.parse("2026-01-15T11:35:00Z"));
        assertEquals(all, counts.below(ALICE, 0));
        assertEquals(all, counts.below(new Key(Kind.MESSAGES_AN_HOUR, "bob"), 0));
    }

    @Test
    void othersCountsAreAddedAndReplacedNotAddedUp() {
        counts.add(ALICE, 1);
        counts.learn(event("two", BUCKET, 5));
        counts.learn(event("two", BUCKET, 7));
        counts.learn(event("three", BUCKET, 1));
        assertEquals(9, counts.sum(ALICE));
        counts.learn(event("two", BUCKET, 0));
        assertEquals(2, counts.sum(ALICE));
    }

    @Test
    void whatIsOldFromTheFutureOutOfStepOrItsOwnIsPassedOver() {
        counts.learn(event("two", BUCKET.minusSeconds(7200), 1));
        counts.learn(event("two", BUCKET.plusSeconds(3600), 1));
        counts.learn(event("two", BUCKET.plusSeconds(1), 1));
        counts.learn(event("two", BUCKET, -1));
        counts.learn(event("one", BUCKET, 1));
        assertEquals(0, counts.sum(ALICE));
        assertEquals(0, counts.size());
    }

    @Test
    void onlyWhatChangedIsTold() {
        counts.add(ALICE, 1);
        counts.add(ALICE, 1);
        CountEvent told = event("one", BUCKET, 2);
        assertEquals(List.of(told), counts.changes());
        assertEquals(List.of(), counts.changes());
        counts.unheard(told);
        assertEquals(List.of(told), counts.changes());
    }

    @Test
    void whatIsTakenBackIsTold() {
        counts.add(ALICE, 1);
        clock.pass(Duration.ofMinutes(5));
        counts.add(ALICE, 2);
        counts.learn(event("two", BUCKET, 4));
        counts.changes();
        counts.takeBack(ALICE, 9);
        assertEquals(4, counts.sum(ALICE));
        assertEquals(2, counts.changes().size());
    }

    @Test
    void oldSeriesAreForgotten() {
        counts.add(ALICE, 1);
        counts.add(new Key(Kind.MESSAGES_A_DAY, "alice"), 1);
        clock.pass(Duration.ofHours(2));
        counts.forgetOld();
        assertEquals(1, counts.size());
        clock.pass(Duration.ofHours(24));
        counts.forgetOld();
        assertEquals(0, counts.size());
    }

    private static CountEvent event(String edge, Instant bucket, int count) {
        return new CountEvent(edge, Kind.MESSAGES_AN_HOUR, "alice", bucket, count);
    }
}
