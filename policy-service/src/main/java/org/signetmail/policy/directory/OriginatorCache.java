package org.signetmail.policy.directory;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.signetmail.policy.operation.PolicyMetrics.CacheLookup;
import org.signetmail.policy.originator.Lookup;
import org.signetmail.policy.originator.Lookup.Found;
import org.signetmail.policy.originator.Lookup.Unavailable;

/**
 * Originators by account, never further behind the directory than {@code maxStaleness}: an answer is used only if it was
 * asked for, or vouched for by the change feed, that recently. Decision 0001 tells why this holds.
 */
public final class OriginatorCache {
    private static final int ATTEMPTS = 2;

    private final Function<String, Lookup> directory;
    private final FeedProgress feed;
    private final Clock clock;
    private final Duration maxStaleness;
    private final Consumer<CacheLookup> count;
    private final AsyncCache<String, Answer> entries;

    /** What the directory answered to a question that was put at {@code askedAt}. */
    private record Answer(Lookup lookup, Instant askedAt) {}

    public OriginatorCache(
            Function<String, Lookup> directory,
            FeedProgress feed,
            Clock clock,
            Duration maxStaleness,
            int maxEntries,
            Consumer<CacheLookup> count) {
        this.directory = directory;
        this.feed = feed;
        this.clock = clock;
        this.maxStaleness = maxStaleness;
        this.count = count;
        this.entries = Caffeine.newBuilder().maximumSize(maxEntries).buildAsync();
    }

    /** Waits at most about {@code limit}, or one answer of the directory. */
    public Lookup find(String account, Duration limit) {
        Instant giveUp = clock.instant().plus(limit);
        for (int attempt = 0; attempt < ATTEMPTS && clock.instant().isBefore(giveUp); attempt++) {
            Optional<Lookup> lookup = isRecent(feed.followedTo()) ? fromCache(account, giveUp) : ask(account);
            if (lookup.isPresent()) {
                return lookup.get();
            }
        }
        return new Unavailable("directory-service answers too slowly to be up to date");
    }

    /** Also drops an answer that is still under way: it may have been read before the change. */
    void accountChanged(String account) {
        entries.asMap().remove(account);
    }

    void everythingChanged() {
        entries.synchronous().invalidateAll();
    }

    private Optional<Lookup> ask(String account) {
        count.accept(CacheLookup.BYPASS);
        Answer answer = answer(account);
        return isUsable(answer.lookup(), answer.askedAt());
    }

    private Optional<Lookup> fromCache(String account, Instant giveUp) {
        var mine = new CompletableFuture<Answer>();
        CompletableFuture<Answer> there = entries.asMap().putIfAbsent(account, mine);
        count.accept(there == null ? CacheLookup.MISS : CacheLookup.HIT);
        if (there == null) {
            load(account, mine);
        }
        CompletableFuture<Answer> entry = there == null ? mine : there;
        try {
            Answer answer = entry.get(Duration.between(clock.instant(), giveUp).toNanos(), TimeUnit.NANOSECONDS);
            return isUsable(answer.lookup(), vouchedFor(account, entry, answer));
        } catch (TimeoutException e) {
            return Optional.of(new Unavailable("directory-service does not answer in time"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("Originators of " + account + " were not loaded", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Unavailable("policy-service is stopping"));
        }
    }

    /** The entry stands in the cache before the directory is asked, so that a change finds it there and removes it. */
    private void load(String account, CompletableFuture<Answer> entry) {
        try {
            Answer answer = answer(account);
            if (!isKept(answer.lookup(), account)) {
                entries.asMap().remove(account, entry);
            }
            entry.complete(answer);
        } finally {
            // Without effect once the entry has its answer; else nobody waits for it, and the cache drops it.
            entry.completeExceptionally(new IllegalStateException("The call of the directory failed"));
        }
    }

    /** What the feed can invalidate: changes name the login as the directory writes it, and absent is not kept. */
    private static boolean isKept(Lookup lookup, String account) {
        return lookup instanceof Found found && found.originators().account().equals(account);
    }

    /** The feed is read first: an entry that is there afterwards has outlived every change up to that heartbeat. */
    private Instant vouchedFor(String account, CompletableFuture<Answer> entry, Answer answer) {
        Instant followedTo = feed.followedTo();
        boolean unchanged = entry.equals(entries.getIfPresent(account));
        return unchanged && followedTo.isAfter(answer.askedAt()) ? followedTo : answer.askedAt();
    }

    private Optional<Lookup> isUsable(Lookup lookup, Instant asOf) {
        return lookup instanceof Unavailable || isRecent(asOf) ? Optional.of(lookup) : Optional.empty();
    }

    private boolean isRecent(Instant asOf) {
        return !asOf.isBefore(clock.instant().minus(maxStaleness));
    }

    private Answer answer(String account) {
        Instant askedAt = clock.instant();
        return new Answer(directory.apply(account), askedAt);
    }
}
