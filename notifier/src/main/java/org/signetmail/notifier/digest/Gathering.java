package org.signetmail.notifier.digest;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.metrics.NotifierMetrics.Suppression;

/**
 * Decides in PostgreSQL, for all notifiers together, whether somebody is told of a refusal at once or by the next digest
 * (decision 0047), for as many refusals as come together (decision 0066).
 */
@Singleton
public class Gathering {
    private final GatheringStore store;
    private final Duration window;
    private final int atOnce;

    Gathering(GatheringStore store, NotifierConfig config) {
        this.store = store;
        this.window = config.notices().window();
        this.atOnce = config.notices().perHour() - 1; // One is the digest's.
    }

    /** For each in its place: empty, to be told at once; or why the next digest tells of it. */
    public List<Optional<Suppression>> gather(Connection connection, List<Telling> tellings, Instant now)
            throws SQLException {
        Set<Telling> firsts = firsts(connection, tellings, now);
        Map<Audience, Integer> granted = granted(connection, firsts, now);
        var suppressions = new ArrayList<Optional<Suppression>>();
        var gathered = new ArrayList<Telling>();
        for (Telling telling : tellings) {
            Optional<Suppression> suppression = suppression(telling, firsts, granted);
            suppression.ifPresent(cause -> gathered.add(telling));
            suppressions.add(suppression);
        }
        if (!gathered.isEmpty()) {
            Set<Audience> audiences = gathered.stream().map(Telling::audience).collect(Collectors.toSet());
            store.expectDigests(connection, audiences, now.plus(window), now);
            store.gather(connection, gathered);
        }
        return suppressions;
    }

    private static Optional<Suppression> suppression(
            Telling telling, Set<Telling> firsts, Map<Audience, Integer> granted) {
        if (!firsts.contains(telling)) {
            return Optional.of(Suppression.REPEATED);
        }
        boolean allowed = granted.merge(telling.audience(), -1, Integer::sum) >= 0;
        return allowed ? Optional.empty() : Optional.of(Suppression.CAPPED);
    }

    /** Those that were not told within the window; they count as told from now on. */
    private Set<Telling> firsts(Connection connection, List<Telling> tellings, Instant now) throws SQLException {
        if (window.isZero()) {
            return Set.copyOf(tellings);
        }
        Set<Telling.Subject> subjects = tellings.stream().map(Telling::subject).collect(Collectors.toSet());
        var untold = new HashSet<>(store.tell(connection, subjects, now.plus(window), now));
        var firsts = new HashSet<Telling>();
        for (Telling telling : tellings) {
            if (untold.remove(telling.subject())) {
                firsts.add(telling);
            }
        }
        return firsts;
    }

    /** How many mails each may get at once. */
    private Map<Audience, Integer> granted(Connection connection, Set<Telling> firsts, Instant now)
            throws SQLException {
        if (firsts.isEmpty()) {
            return Map.of();
        }
        var wanted = new HashMap<Audience, Integer>();
        firsts.forEach(telling -> wanted.merge(telling.audience(), 1, Integer::sum));
        Map<Audience, Integer> granted =
                new HashMap<>(store.spend(connection, wanted, now.truncatedTo(ChronoUnit.HOURS), atOnce));
        wanted.keySet().forEach(audience -> granted.putIfAbsent(audience, 0));
        return granted;
    }
}
