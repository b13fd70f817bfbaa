package org.signetmail.edge.protocollog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.protocollog.Tracing.Rule;

class TracingTest {
    private static final String CLIENT = "192.0.2.1";
    private static final Optional<String> ALICE = Optional.of("alice");

    private Instant now = Instant.parse("2026-01-15T12:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final Tracing tracing = new Tracing(Level.MINIMUM, clock);

    @Test
    void asConfiguredUntilSomebodySetsIt() {
        assertEquals(Level.MINIMUM, tracing.level(ALICE, CLIENT));
        tracing.everybody(Optional.of(new Rule(Level.NONE, Optional.empty())));
        assertEquals(Level.NONE, tracing.level(ALICE, CLIENT));
        tracing.everybody(Optional.empty());
        assertEquals(Level.MINIMUM, tracing.level(ALICE, CLIENT));
    }

    @Test
    void anAccountIsTracedFromItsSignInOn() {
        assertTrue(tracing.account("Alice", forGood(Level.MAXIMUM)));
        assertEquals(Level.MINIMUM, tracing.level(Optional.empty(), CLIENT));
        assertEquals(Level.MINIMUM, tracing.level(Optional.of("bob"), CLIENT));
        assertEquals(Level.MAXIMUM, tracing.level(ALICE, CLIENT));
        assertTrue(tracing.account("alice", Optional.empty()));
        assertEquals(Level.MINIMUM, tracing.level(ALICE, CLIENT));
    }

    @Test
    void theHighestLevelCounts() {
        assertTrue(tracing.client(CLIENT, forGood(Level.MEDIUM)));
        assertTrue(tracing.account("alice", forGood(Level.NONE)));
        assertEquals(Level.MEDIUM, tracing.level(ALICE, CLIENT));
        assertEquals(Level.MINIMUM, tracing.level(ALICE, "192.0.2.2"));
    }

    @Test
    void whatIsBoundedEndsByItself() {
        Rule anHour = new Rule(Level.MAXIMUM, Optional.of(now.plus(Duration.ofHours(1))));
        tracing.everybody(Optional.of(anHour));
        assertTrue(tracing.client(CLIENT, Optional.of(anHour)));
        assertEquals(Level.MAXIMUM, tracing.level(ALICE, CLIENT));
        now = now.plus(Duration.ofHours(1));
        assertEquals(Level.MINIMUM, tracing.level(ALICE, CLIENT));
        assertEquals(new Tracing.Rules(Optional.empty(), Map.of(), Map.of()), tracing.rules());
    }

    @Test
    void thereAreNotMoreTracesThanEveryLineCanBear() {
        for (int i = 0; i < 100; i++) {
            assertTrue(tracing.account("a" + i, forGood(Level.MEDIUM)));
        }
        assertFalse(tracing.client(CLIENT, forGood(Level.MEDIUM)));
        assertTrue(tracing.account("a0", Optional.empty()));
        assertTrue(tracing.client(CLIENT, forGood(Level.MEDIUM)));
    }

    /** A session that is traced in its middle is written from there on. */
    @Test
    void sessionsFollowFromLineToLine() {
        List<String> written = new ArrayList<>();
        var log = new SessionLog(
                account -> tracing.level(account, CLIENT), (direction, text) -> written.add(direction + " " + text));
        assertTrue(tracing.account("alice", forGood(Level.MEDIUM)));
        log.client("AUTH PLAIN AGFsaWNlAHNlY3JldA==");
        log.account(ALICE);
        log.server("235 Authentication successful");
        log.client("NOOP");
        assertTrue(tracing.account("alice", Optional.empty()));
        log.client("NOOP");
        assertEquals(List.of("--- account alice", ">>> 235 Authentication successful", "<<< NOOP"), written);
    }

    private static Optional<Rule> forGood(Level level) {
        return Optional.of(new Rule(level, Optional.empty()));
    }
}
