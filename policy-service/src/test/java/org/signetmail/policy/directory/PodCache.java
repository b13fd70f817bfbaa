package org.signetmail.policy.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.signetmail.policy.operation.PolicyMetrics.CacheLookup;
import org.signetmail.policy.originator.Lookup.Found;

/** What a pod has between its verdicts and the directory: its cache, and its own reader of the change feed. */
final class PodCache implements AutoCloseable {
    static final Duration PROMISE = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final int MOST_FAULTS = 5;

    private final ChangingDirectory directory;
    private final OriginatorCache cache;
    private final ChangeFeedReader reader;
    private final AtomicLong bypasses = new AtomicLong();
    private final AtomicLong lookups = new AtomicLong();
    private final List<String> faults = new ArrayList<>();

    PodCache(String bootstrapServers, ChangingDirectory directory, int accounts) {
        this.directory = directory;
        var feed = new FeedProgress(Clock.systemUTC());
        cache = new OriginatorCache(directory::read, feed, Clock.systemUTC(), PROMISE, accounts * 2, this::count);
        reader = new ChangeFeedReader(
                Map.of("bootstrap.servers", bootstrapServers), new ChangeFeed(feed, cache, _ -> {}));
        reader.start();
    }

    /** The version that a verdict would use now; notes when it is older than the promise. */
    long version(String account) {
        Instant asked = Instant.now();
        if (!(cache.find(account, LIMIT) instanceof Found(var originators))) {
            return 0; // deferred: right, if slow
        }
        lookups.incrementAndGet();
        Optional<Instant> overtaken = directory.overtaken(account, originators.version());
        if (overtaken.filter(at -> at.isBefore(asked.minus(PROMISE))).isPresent()) {
            fault("%s: version %d at %s, overtaken %s"
                    .formatted(account, originators.version(), asked, overtaken.get()));
        }
        return originators.version();
    }

    /** Look-ups for which the cache was not trusted. */
    long bypasses() {
        return bypasses.get();
    }

    long lookups() {
        return lookups.get();
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        try {
            reader.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(CacheLookup result) {
        if (result == CacheLookup.BYPASS) {
            bypasses.incrementAndGet();
        }
    }

    private synchronized void fault(String text) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(text);
        }
    }
}
