package org.signetmail.policy.directory;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.opentelemetry.context.Context;
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

    /** Waits at most {@code limit}; a call that takes longer goes on without the caller. */
    public Lookup find(String account, Duration limit) {
        Instant giveUp = clock.instant().plus(limit);
        for (int attempt = 0; attempt < ATTEMPTS && clock.instant().isBefore(giveUp); attempt++) {
            CompletableFuture<Answer> answer = isRecent(feed.followedTo()) ? cached(account) : asked(account);
            Optional<Lookup> lookup = await(account, answer, giveUp);
            if (lookup.isPresent()) {
                return lookup.get();
            }
        }
        return new Unavailable("directory-service answers too slowly to be up to date");
    }

    /** Accounts that it has an answer of, or has asked for. */
    long size() {
        return entries.synchronous().estimatedSize();
    }

    /** Also drops an answer that is still under way: it may have been read before the change. */
    void accountChanged(String account) {
        entries.asMap().remove(account);
    }

    void everythingChanged() {
        entries.synchronous().invalidateAll();
    }

    private CompletableFuture<Answer> asked(String account) {
        count.accept(CacheLookup.BYPASS);
        var mine = new CompletableFuture<Answer>();
        load(account, mine);
        return mine;
    }

    /** The entry stands in the cache before the directory is asked, so that a change finds it there and removes it. */
    private CompletableFuture<Answer> cached(String account) {
        var mine = new CompletableFuture<Answer>();
        CompletableFuture<Answer> there = entries.asMap().putIfAbsent(account, mine);
        if (there != null) {
            count.accept(CacheLookup.HIT);
            return there;
        }
        count.accept(CacheLookup.MISS);
        load(account, mine);
        return mine;
    }

    private void load(String account, CompletableFuture<Answer> entry) {
        Thread.ofVirtual()
                .name("originators of " + account)
                .start(Context.current().wrap(() -> {
                    try {
                        Instant askedAt = clock.instant();
                        var answer = new Answer(directory.apply(account), askedAt);
                        if (!isKept(answer.lookup(), account)) {
                            entries.asMap().remove(account, entry);
                        }
                        entry.complete(answer);
                    } catch (RuntimeException | Error e) {
                        entries.asMap().remove(account, entry);
                        entry.completeExceptionally(e); // thrown by those who wait
                    }
                }));
    }

    /** Empty when the answer is too old to be used. */
    private Optional<Lookup> await(String account, CompletableFuture<Answer> entry, Instant giveUp) {
        try {
            Answer answer = entry.get(Duration.between(clock.instant(), giveUp).toNanos(), TimeUnit.NANOSECONDS);
            boolean usable = answer.lookup() instanceof Unavailable || isRecent(vouchedFor(account, entry, answer));
            return usable ? Optional.of(answer.lookup()) : Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of(new Unavailable("directory-service does not answer in time"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("Originators of " + account + " were not loaded", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Unavailable("policy-service is stopping"));
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

    private boolean isRecent(Instant asOf) {
        return !asOf.isBefore(clock.instant().minus(maxStaleness));
    }
}
