package org.signetmail.edge.counts;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who did what how often of late, over all edges. This edge's own counts are here whatever becomes of Kafka; those of the
 * others come and go as they are heard of.
 */
public final class Counts {
    /** Guesses at names that nobody has must not fill the memory; who is not counted any more costs nothing either. */
    private static final int MAX_SERIES = 500_000;

    private static final long AHEAD_SECONDS = 300; // another edge's clock

    private record Place(Key key, long bucket) {}

    private final String edge;
    private final InstantSource clock;
    private final Map<Key, Series> series = new ConcurrentHashMap<>();
    private final Set<Place> changed = ConcurrentHashMap.newKeySet();

    /** @param edge name of this run of this edge */
    public Counts(String edge, InstantSource clock) {
        this.edge = edge;
        this.clock = clock;
    }

    public void add(Key key, int number) {
        Series counted = series(key);
        if (counted != null) {
            changed.add(new Place(key, counted.add(now(), number)));
        }
    }

    /** Takes back what this edge has counted; what another one has is that one's affair. */
    public void takeBack(Key key, int number) {
        Series counted = series.get(key);
        if (counted != null) {
            for (long bucket : counted.takeBack(number)) {
                changed.add(new Place(key, bucket));
            }
        }
    }

    public long sum(Key key) {
        Series counted = series.get(key);
        return counted == null ? 0 : counted.sum(now());
    }

    /** From when on the sum is below a limit; empty when it is. With a limit of 0, when all that is counted now is over. */
    public Optional<Instant> below(Key key, long limit) {
        long now = now();
        if (limit <= 0) {
            return Optional.of(Instant.ofEpochSecond(key.kind().endOf(key.kind().bucketOf(now))));
        }
        Series counted = series.get(key);
        if (counted == null) {
            return Optional.empty();
        }
        OptionalLong end = counted.below(limit, now);
        return end.isPresent() ? Optional.of(Instant.ofEpochSecond(end.getAsLong())) : Optional.empty();
    }

    /** What another edge has counted; what this one said itself is passed over, and what is too old or from the future. */
    void learn(CountEvent event) {
        long start = event.bucket().getEpochSecond();
        long now = now();
        boolean current = event.kind().endOf(start) > now
                && start <= now + AHEAD_SECONDS
                && start == event.kind().bucketOf(start);
        if (current && !event.edge().equals(edge) && event.count() >= 0) {
            Series counted = series(new Key(event.kind(), event.subject()));
            if (counted != null) {
                counted.learn(start, event.edge(), event.count());
            }
        }
    }

    /** What changed since it was last asked for, as it stands now. */
    List<CountEvent> changes() {
        var events = new ArrayList<CountEvent>();
        for (Place place : List.copyOf(changed)) {
            changed.remove(place); // before it is read: what comes in between is a change of its own
            Series counted = series.get(place.key);
            if (counted != null) {
                events.add(new CountEvent(
                        edge,
                        place.key.kind(),
                        place.key.subject(),
                        Instant.ofEpochSecond(place.bucket),
                        counted.own(place.bucket)));
            }
        }
        return events;
    }

    /** The others have not heard of it. */
    void unheard(CountEvent event) {
        changed.add(
                new Place(new Key(event.kind(), event.subject()), event.bucket().getEpochSecond()));
    }

    void forgetOld() {
        long now = now();
        series.forEach((key, _) -> series.computeIfPresent(key, (_, counted) -> counted.forget(now) ? counted : null));
    }

    public int size() {
        return series.size();
    }

    private Series series(Key key) {
        return series.size() < MAX_SERIES ? series.computeIfAbsent(key, _ -> new Series(key.kind())) : series.get(key);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
