package org.signetmail.policy.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.operation.PolicyMetrics.CacheLookup;
import org.signetmail.policy.originator.AccountState;
import org.signetmail.policy.originator.AddressBook;
import org.signetmail.policy.originator.Lookup;
import org.signetmail.policy.originator.Lookup.Absent;
import org.signetmail.policy.originator.Lookup.Found;
import org.signetmail.policy.originator.Lookup.Unavailable;
import org.signetmail.policy.originator.Mode;
import org.signetmail.policy.originator.Originators;

/** The cache is used only while the feed vouches for it, and nothing read before a change outlives the change. */
class OriginatorCacheTest {
    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final Duration STALENESS = Duration.ofSeconds(1);

    private final HandClock clock = new HandClock();
    private final FeedProgress feed = new FeedProgress(clock);
    private final Map<CacheLookup, Integer> counted = new EnumMap<>(CacheLookup.class);
    private final OriginatorCache cache = new OriginatorCache(
            this::ask, feed, clock, STALENESS, 100, result -> counted.merge(result, 1, Integer::sum));
    private Function<String, Lookup> directory;
    private long calls;

    @BeforeEach
    void theDirectoryAnswersWithTheNumberOfTheCall() {
        directory = account -> found(account, calls);
    }

    @Test
    void withoutAHeartbeatEveryLookupGoesToTheDirectory() {
        assertEquals(1, version());
        assertEquals(2, version());
        assertEquals(Map.of(CacheLookup.BYPASS, 2), counted);
    }

    @Test
    void withAFreshHeartbeatTheCacheAnswers() {
        heartbeat();
        assertEquals(1, version());
        clock.advance(STALENESS);
        assertEquals(1, version());
        assertEquals(Map.of(CacheLookup.MISS, 1, CacheLookup.HIT, 1), counted);
    }

    @Test
    void withAStaleHeartbeatTheDirectoryIsAsked() {
        heartbeat();
        assertEquals(1, version());
        clock.advance(STALENESS.plusMillis(1));
        assertEquals(2, version());
    }

    @Test
    void whenTheFeedHasCaughtUpWhatItDidNotInvalidateIsStillRight() {
        heartbeat();
        assertEquals(1, version());
        clock.advance(Duration.ofMinutes(5));
        heartbeat();
        assertEquals(1, version());
    }

    @Test
    void aChangeOfTheAccountDropsItsEntryOnly() {
        heartbeat();
        assertEquals(1, version());
        cache.accountChanged("bob");
        assertEquals(1, version());
        cache.accountChanged("alice");
        assertEquals(2, version());
    }

    @Test
    void aChangeOfADomainDropsEverything() {
        heartbeat();
        assertEquals(1, version());
        cache.everythingChanged();
        assertEquals(2, version());
    }

    @Test
    void anAnswerReadBeforeAChangeAndReceivedAfterItIsNotKept() {
        heartbeat();
        directory = account -> {
            Lookup readBefore = found(account, calls);
            if (calls == 1) {
                cache.accountChanged(account);
                heartbeat();
            }
            return readBefore;
        };
        assertEquals(1, version()); // asked less than a second ago: allowed
        assertEquals(2, version());
        assertEquals(2, version());
    }

    @Test
    void norIsItKeptWhenADomainChanges() {
        heartbeat();
        directory = account -> {
            Lookup readBefore = found(account, calls);
            if (calls == 1) {
                cache.everythingChanged();
            }
            return readBefore;
        };
        assertEquals(1, version());
        assertEquals(2, version());
    }

    @Test
    void anAnswerThatAChangeOvertookLongAgoIsNotEvenUsedOnce() {
        heartbeat();
        directory = account -> {
            Lookup readBefore = found(account, calls);
            if (calls == 1) {
                cache.accountChanged(account);
                clock.advance(STALENESS.plusMillis(1));
                heartbeat();
            }
            return readBefore;
        };
        assertEquals(2, version());
    }

    @Test
    void aSlowAnswerIsUsedWhenTheFeedVouchesThatNothingChanged() {
        heartbeat();
        directory = account -> {
            clock.advance(Duration.ofMillis(1900));
            heartbeat();
            return found(account, calls);
        };
        assertEquals(1, version());
        assertEquals(1, version());
    }

    @Test
    void aSlowAnswerForWhichNothingVouchesDefers() {
        directory = account -> {
            clock.advance(Duration.ofMillis(1900));
            return found(account, calls);
        };
        assertInstanceOf(Unavailable.class, cache.find("alice", LIMIT));
        assertEquals(2, calls);
    }

    @Test
    void whatCouldNotBeAnsweredIsNotKept() {
        heartbeat();
        directory = account -> calls == 1 ? new Unavailable("away") : found(account, calls);
        assertInstanceOf(Unavailable.class, cache.find("alice", LIMIT));
        assertEquals(2, version());
    }

    @Test
    void anAbsentAccountIsNotKept() {
        heartbeat();
        directory = account -> calls == 1 ? new Absent() : found(account, calls);
        assertInstanceOf(Absent.class, cache.find("alice", LIMIT));
        assertEquals(2, version());
    }

    @Test
    void anAnswerUnderAnotherLoginIsNotKeptBecauseItsChangesWouldNotFindIt() {
        heartbeat();
        directory = _ -> found("Alice", calls);
        assertEquals(1, version());
        assertEquals(2, version());
    }

    @Test
    void aFailedCallLeavesNothingBehindThatOthersWouldWaitFor() {
        heartbeat();
        directory = account -> {
            if (calls == 1) {
                throw new IllegalStateException("a fault");
            }
            return found(account, calls);
        };
        assertThrows(IllegalStateException.class, this::version);
        assertEquals(2, version());
    }

    @Test
    void thoseWhoAskAtTheSameTimeShareOneCall() throws Exception {
        heartbeat();
        var asked = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        directory = account -> {
            asked.countDown();
            await(go);
            return found(account, calls);
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(this::version);
            await(asked);
            assertInstanceOf(Unavailable.class, cache.find("alice", Duration.ofMillis(20)));
            var third = threads.submit(this::version);
            go.countDown();
            assertEquals(1, first.get());
            assertEquals(1, third.get());
        }
        assertEquals(1, calls);
    }

    @Test
    void aFeedThatBeginsAnewDropsWhatWasAskedForBefore() {
        heartbeat();
        var changes = new ChangeFeed(feed, cache, _ -> {});
        assertEquals(1, version());
        changes.lost();
        changes.positioned();
        heartbeat();
        assertEquals(2, version());
    }

    private long version() {
        return assertInstanceOf(Found.class, cache.find("alice", LIMIT))
                .originators()
                .version();
    }

    private Lookup ask(String account) {
        calls++;
        return directory.apply(account);
    }

    private void heartbeat() {
        feed.heartbeat(clock.instant());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertEquals(true, latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Lookup found(String account, long version) {
        return new Found(new Originators(
                account,
                AccountState.ENABLED,
                Optional.empty(),
                version,
                Mode.ENFORCE,
                Optional.empty(),
                new AddressBook(List.of(), List.of()),
                Map.of()));
    }
}
