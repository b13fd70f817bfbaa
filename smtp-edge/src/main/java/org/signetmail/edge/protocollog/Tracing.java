package org.signetmail.edge.protocollog;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Which session is written at which level, changed while it runs. The level of all sessions is the configured one until an
 * operator sets another; an account or a client address may be traced beyond it. The highest level counts.
 */
public final class Tracing {
    /** Each is looked at for every line. */
    private static final int MOST_TRACES = 100;

    private final Level configured;
    private final Clock clock;
    private final AtomicReference<Rules> rules;

    Tracing(Level configured, Clock clock) {
        this.configured = configured;
        this.clock = clock;
        rules = new AtomicReference<>(new Rules(Optional.empty(), Map.of(), Map.of()));
    }

    /** A level, until it ends by itself or the edge stops. */
    public record Rule(Level level, Optional<Instant> until) {
        private boolean holdsAt(Instant now) {
            return until.isEmpty() || now.isBefore(until.get());
        }
    }

    /**
     * What an operator set.
     *
     * @param accounts by login in lower case
     * @param clients by address
     */
    public record Rules(Optional<Rule> everybody, Map<String, Rule> accounts, Map<String, Rule> clients) {
        public Rules {
            accounts = Map.copyOf(accounts);
            clients = Map.copyOf(clients);
        }

        private Rules stillHoldingAt(Instant now) {
            return new Rules(
                    everybody.filter(rule -> rule.holdsAt(now)), holding(accounts, now), holding(clients, now));
        }

        private static Map<String, Rule> holding(Map<String, Rule> rules, Instant now) {
            var holding = new HashMap<>(rules);
            holding.values().removeIf(rule -> !rule.holdsAt(now));
            return holding;
        }
    }

    public Level configured() {
        return configured;
    }

    /** What is set and has not ended. */
    public Rules rules() {
        return rules.updateAndGet(set -> set.stillHoldingAt(clock.instant()));
    }

    public Instant now() {
        return clock.instant();
    }

    /** Sets the level of all sessions, or with nothing the configured one again. */
    public void everybody(Optional<Rule> rule) {
        rules.updateAndGet(set -> new Rules(rule, set.accounts(), set.clients()));
    }

    /** Sets the level of one account's sessions, or with nothing ends it; false when there are too many already. */
    public boolean account(String login, Optional<Rule> rule) {
        return change(set -> new Rules(set.everybody(), with(set.accounts(), folded(login), rule), set.clients()));
    }

    /** Sets the level of one client's sessions, or with nothing ends it; false when there are too many already. */
    public boolean client(String address, Optional<Rule> rule) {
        return change(set -> new Rules(set.everybody(), set.accounts(), with(set.clients(), address, rule)));
    }

    Level level(Optional<String> account, String client) {
        Rules set = rules.get();
        if (set.everybody().isEmpty()
                && set.accounts().isEmpty()
                && set.clients().isEmpty()) {
            return configured;
        }
        Instant now = clock.instant();
        Level level = set.everybody()
                .filter(rule -> rule.holdsAt(now))
                .map(Rule::level)
                .orElse(configured);
        level = higher(level, set.clients().get(client), now);
        return account.isPresent() ? higher(level, set.accounts().get(folded(account.get())), now) : level;
    }

    private static Level higher(Level level, Rule rule, Instant now) {
        return rule != null && rule.holdsAt(now) && rule.level().holds(level) ? rule.level() : level;
    }

    private boolean change(UnaryOperator<Rules> change) {
        Instant now = clock.instant();
        Rules before = rules.get();
        Rules after = change.apply(before.stillHoldingAt(now));
        boolean fits = after.accounts().size() + after.clients().size() <= MOST_TRACES;
        return fits && (rules.compareAndSet(before, after) || change(change));
    }

    private static Map<String, Rule> with(Map<String, Rule> rules, String key, Optional<Rule> rule) {
        var changed = new HashMap<>(rules);
        rule.ifPresentOrElse(set -> changed.put(key, set), () -> changed.remove(key));
        return changed;
    }

    private static String folded(String login) {
        return login.toLowerCase(Locale.ROOT);
    }
}
