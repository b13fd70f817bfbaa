package org.signetmail.policy.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.signetmail.policy.operation.PolicyMetrics.FeedRecord;
import org.signetmail.policy.originator.Lookup.Absent;

/** What each record of the feed does, and what an unreadable one does. */
class ChangeFeedTest {
    private final HandClock clock = new HandClock();
    private final FeedProgress progress = new FeedProgress(clock);
    private final List<FeedRecord> counted = new ArrayList<>();
    private final OriginatorCache cache =
            new OriginatorCache(_ -> new Absent(), progress, clock, Duration.ofSeconds(1), 10, _ -> {});
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
        assertEquals(List.of(FeedRecord.ACCOUNT, FeedRecord.DOMAIN), counted);
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

    private void record(String json) {
        feed.record(json.replace('\'', '"').getBytes(UTF_8));
    }
}
