package org.signetmail.policy.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.operation.PolicyMetrics.FeedRecord;
import org.signetmail.policy.originator.Lookup;
import org.signetmail.policy.originator.Lookup.Found;
import org.signetmail.policy.originator.Originators;

/** What each record of the feed does, and what an unreadable one does. */
class ChangeFeedTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final HandClock clock = new HandClock();
    private final FeedProgress progress = new FeedProgress(clock);
    private final List<FeedRecord> counted = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final OriginatorCache cache =
            new OriginatorCache(this::ask, progress, clock, Duration.ofSeconds(1), 10, _ -> {});
    private final ChangeFeed feed = new ChangeFeed(progress, cache, counted::add);

    @Test
    void aHeartbeatSaysHowFarTheFeedIsFollowed() {
        record("{'kind':'heartbeat','version':43,'at':'2026-01-15T09:59:59.500Z'}");
        assertEquals(Instant.parse("2026-01-15T09:59:59.5Z"), progress.followedTo());
        assertEquals(Duration.ofMillis(500), progress.staleness());
    }

    @Test
    void anOlderHeartbeatTakesNothingBack() {
        record("{'kind':'heartbeat','version':43,'at':'2026-01-15T09:59:59.500Z'}");
        record("{'kind':'heartbeat','version':43,'at':'2026-01-15T09:59:59.000Z'}");
        assertEquals(Duration.ofMillis(500), progress.staleness());
    }

    @Test
    void aDirectoryWhoseClockIsAheadPromisesNothingForTheFuture() {
        record("{'kind':'heartbeat','version':43,'at':'2026-01-15T10:00:30.000Z'}");
        assertEquals(clock.instant(), progress.followedTo());
    }

    @Test
    void changesVouchForNothing() {
        record("{'kind':'account','account':'alice','version':43,'at':'2026-01-15T10:00:00.000Z'}");
        record("{'kind':'domain','domain':'example.test','version':43,'at':'2026-01-15T10:00:00.000Z'}");
        assertEquals(Instant.EPOCH, progress.followedTo());
        record("{'kind':'group','group':'sales','version':43,'at':'2026-01-15T10:00:00.000Z'}");
        assertEquals(Instant.EPOCH, progress.followedTo());
        assertEquals(List.of(FeedRecord.ACCOUNT, FeedRecord.DOMAIN, FeedRecord.GROUP), counted);
    }

    /** What concerns many is not named one by one: nothing that is held may be used any more. */
    @Test
    void aChangeOfADomainOrAGroupDropsEverything() {
        progress.heartbeat(clock.instant());
        int asked = 0;
        for (String change : List.of("'kind':'domain','domain':'example.test'", "'kind':'group','group':'sales'")) {
            for (String login : List.of("alice", "bob")) {
                cache.find(login, LIMIT);
                cache.find(login, LIMIT);
            }
            asked += 2;
            assertEquals(asked, calls.get());
            record("{" + change + ",'version':43,'at':'2026-01-15T10:00:00.000Z'}");
        }
        cache.find("alice", LIMIT);
        assertEquals(asked + 1, calls.get());
    }

    @Test
    void whatCannotBeReadMayHaveBeenAnyChange() {
        record("{'kind':'account','version':43,'at':'2026-01-15T10:00:00.000Z'}");
        record("{'kind':'novelty','version':43,'at':'2026-01-15T10:00:00.000Z'}");
        record("no JSON");
        feed.record(null);
        assertEquals(
                List.of(FeedRecord.UNREADABLE, FeedRecord.UNREADABLE, FeedRecord.UNREADABLE, FeedRecord.UNREADABLE),
                counted);
    }

    @Test
    void aLostFeedIsBehindSinceItWasLost() {
        record("{'kind':'heartbeat','version':43,'at':'2026-01-15T10:00:00.000Z'}");
        clock.advance(Duration.ofDays(1));
        feed.lost();
        clock.advance(Duration.ofSeconds(3));
        feed.lost();
        clock.advance(Duration.ofSeconds(4));
        assertEquals(Duration.ofSeconds(7), progress.staleness());
    }

    private Lookup ask(String account) {
        calls.incrementAndGet();
        return new Found(Originators.absent(account));
    }

    private void record(String json) {
        feed.record(json.replace('\'', '"').getBytes(UTF_8));
    }
}
