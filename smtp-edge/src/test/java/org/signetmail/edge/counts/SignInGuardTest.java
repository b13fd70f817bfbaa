package org.signetmail.edge.counts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.TestConfig;
import org.signetmail.edge.auth.Authentication;
import org.signetmail.edge.auth.Credentials;

/** Who guesses is slowed down and shut out; whose password is guessed never is. */
class SignInGuardTest {
    private static final String GUESSER = "203.0.113.7";
    private static final String OWNER = "192.0.2.1";

    private final SteppedClock clock = new SteppedClock();
    private final Counts counts = new Counts("one", clock);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SignInGuard guard = guard("sign-in.delay", "PT0S", "sign-in.failures-per-address", "5");
    private int asked;

    private SignInGuard guard(String... settings) {
        return new SignInGuard(counts, TestConfig.edge(settings), new EdgeMetrics(meters));
    }

    @Test
    void anAddressThatFailsTooOftenIsShutOutForAWhile() {
        for (int i = 0; i < 5; i++) {
            assertFalse(refuses(GUESSER));
            fail(guard, "user" + i, GUESSER, "guess");
        }
        assertTrue(refuses(GUESSER));
        assertFalse(refuses("203.0.113.8"));
        clock.pass(Duration.ofMinutes(65));
        assertFalse(refuses(GUESSER));
    }

    @Test
    void aConnectionFromBeforeIsToldWrongWhateverItSays() {
        for (int i = 0; i < 5; i++) {
            fail(guard, "alice", GUESSER, "guess" + i);
        }
        asked = 0;
        assertInstanceOf(Authentication.Denied.class, signIn(guard, "alice", GUESSER, "alice-password"));
        assertEquals(0, asked);
    }

    @Test
    void nobodyIsLockedOutBySomebodyElsesGuesses() {
        for (int i = 0; i < 100; i++) {
            fail(guard, "alice", "203.0.113." + i, "guess" + i);
        }
        assertInstanceOf(Authentication.Granted.class, signIn(guard, "alice", OWNER, "alice-password"));
        assertFalse(refuses(OWNER));
    }

    @ParameterizedTest
    @CsvSource({"203.0.113., 203.0.113.250, 203.0.114.1", "2001:db8:1::, 2001:db8:1:ffff::1, 2001:db8:2::1"})
    void aNetworkThatFailsTooOftenIsShutOut(String prefix, String neighbour, String elsewhere) {
        SignInGuard strict = guard("sign-in.delay", "PT0S", "sign-in.failures-per-network", "20");
        for (int i = 0; i < 20; i++) {
            fail(strict, "user" + i, prefix + i, "guess");
        }
        assertTrue(strict.refuses(InetAddress.ofLiteral(neighbour)));
        assertFalse(strict.refuses(InetAddress.ofLiteral(elsewhere)));
    }

    @Test
    void mistakesOfSomebodyWhoThenGetsItRightDoNotCount() {
        for (int i = 0; i < 4; i++) {
            fail(guard, "alice", OWNER, "typo" + i);
        }
        assertInstanceOf(Authentication.Granted.class, signIn(guard, "alice", OWNER, "alice-password"));
        fail(guard, "alice", OWNER, "typo");
        assertFalse(refuses(OWNER));
    }

    @Test
    void anAccountOfOnesOwnBuysNoGuessesAtOthers() {
        for (int i = 0; i < 5; i++) {
            fail(guard, "alice", GUESSER, "guess" + i);
            signIn(guard, "mallory", GUESSER, "mallory-password");
        }
        assertTrue(refuses(GUESSER));
    }

    @Test
    void aDeviceThatRepeatsAnOldPasswordCountsOnce() {
        for (int i = 0; i < 50; i++) {
            fail(guard, "alice", OWNER, "old-password");
        }
        assertFalse(refuses(OWNER));
        assertEquals(1, counts.sum(new Key(Kind.FAILURES_OF_ADDRESS, OWNER + "/32")));
    }

    /** It differs each time: whether it is the same password again cannot be told. */
    @Test
    void eachWrongProofOfScramCounts() {
        for (int i = 0; i < 5; i++) {
            guard.check(
                    new Credentials.Scram("alice", Optional.empty()),
                    InetAddress.ofLiteral(GUESSER),
                    Authentication.Denied::new);
        }
        assertTrue(refuses(GUESSER));
    }

    @Test
    void aDirectoryThatIsAwayIsNobodysFailure() {
        for (int i = 0; i < 50; i++) {
            guard.check(credentials("alice", "x" + i), InetAddress.ofLiteral(OWNER), Authentication.Unavailable::new);
        }
        assertFalse(refuses(OWNER));
    }

    @Test
    void anExemptNetworkIsNeverShutOut() {
        SignInGuard exempting = guard(
                "sign-in.delay", "PT0S", "sign-in.failures-per-address", "1", "smtp.exempt-networks", "192.0.2.0/24");
        fail(exempting, "alice", OWNER, "typo");
        assertFalse(exempting.refuses(InetAddress.ofLiteral(OWNER)));
    }

    @Test
    void otherEdgesFailuresCount() {
        counts.learn(new CountEvent(
                "two", Kind.FAILURES_OF_ADDRESS, GUESSER + "/32", Instant.parse("2026-01-15T10:00:00Z"), 5));
        assertTrue(refuses(GUESSER));
    }

    @Test
    void answersToFailuresComeLaterAndLaterWithinBounds() {
        SignInGuard slow = guard("sign-in.delay", "PT0.001S", "sign-in.max-delay", "PT0.010S");
        for (int i = 0; i < 6; i++) {
            fail(slow, "alice", "203.0.113." + i, "guess" + i);
        }
        signIn(slow, "alice", OWNER, "alice-password");
        var delays = meters.get("signet.edge.sign.in.delays").timer();
        assertEquals(6, delays.count());
        assertEquals(1 + 2 + 4 + 8 + 10 + 10, delays.totalTime(TimeUnit.MILLISECONDS), 0.01);
    }

    @Test
    void whatWasTypedAsALoginIsNotTold() {
        fail(guard, "my-secret-password", OWNER, "x");
        assertFalse(counts.changes().toString().contains("secret"));
    }

    private boolean refuses(String client) {
        return guard.refuses(InetAddress.ofLiteral(client));
    }

    private void fail(SignInGuard asked, String login, String client, String password) {
        assertInstanceOf(Authentication.Denied.class, signIn(asked, login, client, password));
    }

    private Authentication signIn(SignInGuard by, String login, String client, String password) {
        return by.check(credentials(login, password), InetAddress.ofLiteral(client), () -> {
            asked++;
            return password.equals(login + "-password")
                    ? new Authentication.Granted(login)
                    : new Authentication.Denied();
        });
    }

    private static Credentials credentials(String login, String password) {
        return new Credentials.Password(login, password);
    }
}
