package org.signetmail.policy.compromise;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.directory.HandClock;

/** Many distinct addresses within the window are suspect; what one mail program does by itself is not. */
class ForeignOriginatorsTest {
    private static final int THRESHOLD = 5;
    private static final Duration WINDOW = Duration.ofHours(1);

    private final HandClock clock = new HandClock();
    private final ForeignOriginators foreign = new ForeignOriginators(THRESHOLD, WINDOW, clock);

    @Test
    void manyDistinctOnesAreSuspect() {
        assertFalse(tried("ceo", "cfo", "hr", "sales"));
        assertTrue(tried("support"));
    }

    @Test
    void oneAgainAndAgainIsNot() {
        IntStream.range(0, 1000).forEach(_ -> assertFalse(tried("ceo", "CEO")));
    }

    @Test
    void fewInTurnsAreNot() {
        IntStream.range(0, 1000).forEach(_ -> assertFalse(tried("home", "work", "club", "old")));
    }

    @Test
    void subaddressesOfOneAreNot() {
        IntStream.range(0, 1000).forEach(i -> assertFalse(tried("news+" + i)));
    }

    @Test
    void rewrittenAddressesOfListsAndForwardersAreNot() {
        IntStream.range(0, 1000).forEach(i -> {
            assertFalse(tried("bounces-user" + i + "=example.org"));
            assertFalse(tried("SRS0=h" + i + "=tt=example.org=user"));
            assertFalse(tried("prvs=" + i + "abc=ceo"));
        });
    }

    @Test
    void whatIsOlderThanTheWindowDoesNotCount() {
        assertFalse(tried("ceo", "cfo", "hr", "sales"));
        clock.advance(WINDOW.plusMillis(1));
        assertFalse(tried("support"));
    }

    @Test
    void whatIsTriedAgainCountsFromThen() {
        assertFalse(tried("ceo", "cfo", "hr", "sales"));
        clock.advance(WINDOW);
        assertFalse(tried("ceo", "cfo", "hr", "sales"));
        clock.advance(Duration.ofMinutes(30));
        assertTrue(tried("support"));
    }

    @Test
    void accountsDoNotMix() {
        assertFalse(tried("ceo", "cfo", "hr", "sales"));
        assertFalse(foreign.tried("bob", "support@example.test"));
    }

    @Test
    void addressesThatNeverMatchCountAsWell() {
        assertFalse(tried("ceo", "cfo", "hr", "sales"));
        assertTrue(foreign.tried("alice", "no address"));
    }

    @Test
    void itStaysSuspectUntilItIsForgotten() {
        assertFalse(tried("ceo", "cfo", "hr", "sales"));
        assertTrue(tried("support"));
        assertTrue(tried("support"));
        foreign.forget("alice");
        assertFalse(tried("support"));
    }

    /** Whether the last of them makes the account suspect. */
    private boolean tried(String... localParts) {
        boolean suspect = false;
        for (String localPart : localParts) {
            suspect = foreign.tried("alice", localPart + "@example.test");
        }
        return suspect;
    }
}
