package org.signetmail.policy.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.signetmail.policy.check.DisplayNameAddress;
import org.signetmail.policy.explain.ProposedGrant;
import org.signetmail.policy.originator.AllowedAddress;
import org.signetmail.policy.originator.CanonicalAddress;
import org.signetmail.policy.originator.Lookup;
import org.signetmail.policy.originator.Lookup.Absent;
import org.signetmail.policy.originator.Lookup.Found;
import org.signetmail.policy.originator.Lookup.Unavailable;
import org.signetmail.policy.originator.Mode;
import org.signetmail.policy.originator.Originators;
import org.signetmail.policy.originator.Source;
import org.signetmail.policy.originator.Use;

/**
 * A request that was found good: how far back, and the directory as it would be.
 *
 * @param domains canonical; none means every account
 * @param given by login
 */
record Proposal(
        Duration back,
        Optional<Mode> mode,
        Set<String> domains,
        Optional<DisplayNameAddress> displayNameAddress,
        Map<String, List<AllowedAddress>> given) {
    private static final int USUAL_DAYS = 7;
    private static final int MOST_DAYS = 31;
    private static final int MOST_ENTRIES = 10_000;
    private static final String ACCOUNT = "account:";

    /** @param directory is asked for the addresses of accounts that are targets */
    static Proposal of(ReplayRequest request, Function<String, Lookup> directory) throws Unacceptable {
        int days = request.days().orElse(USUAL_DAYS);
        require(days >= 1 && days <= MOST_DAYS, "days", "days is from 1 to " + MOST_DAYS);
        require(request.grants().size() <= MOST_ENTRIES, "grants", "At most " + MOST_ENTRIES + " grants");
        require(request.addresses().size() <= MOST_ENTRIES, "addresses", "At most " + MOST_ENTRIES + " addresses");
        var given = new HashMap<String, List<AllowedAddress>>();
        for (ReplayRequest.Address address : request.addresses()) {
            require(isLogin(address.account()), "addresses", "An address needs its account");
            add(given, address.account(), literal(address.address(), "addresses", Use.OWN, Source.SECONDARY));
        }
        for (ProposedGrant grant : request.grants()) {
            require(isLogin(grant.account()), "grants", "A grant needs its account");
            Use use = word(Use.values(), Use::word, grant.type(), "grants");
            require(use != Use.OWN, "grants", "A grant is send-as or send-on-behalf");
            for (AllowedAddress address : target(grant.target(), use, directory)) {
                add(given, grant.account(), address);
            }
        }
        return new Proposal(
                Duration.ofDays(days),
                mode(request.mode()),
                domains(request.domains()),
                displayNameAddress(request.displayNameAddress()),
                given);
    }

    /** Whether the account is among those that are judged. */
    boolean concerns(Originators originators) {
        return domains.isEmpty()
                || originators
                        .primaryAddress()
                        .flatMap(primary -> CanonicalAddress.of(primary, _ -> false))
                        .filter(primary -> domains.contains(primary.domain()))
                        .isPresent();
    }

    Originators applied(Originators originators) {
        Originators with = originators.with(given.getOrDefault(originators.account(), List.of()));
        return mode.map(with::in).orElse(with);
    }

    private static List<AllowedAddress> target(String target, Use use, Function<String, Lookup> directory)
            throws Unacceptable {
        require(target != null, "grants", "A grant needs its target");
        if (!target.startsWith(ACCOUNT)) {
            return List.of(literal(target, "grants", use, Source.GRANT));
        }
        String login = target.substring(ACCOUNT.length());
        return switch (directory.apply(login)) {
            case Found(Originators originators) ->
                originators.addresses().addresses().stream()
                        .filter(entry -> entry.use() == Use.OWN)
                        .map(entry -> AllowedAddress.unbound(entry.address(), use, Source.GRANT))
                        .toList();
            case Absent _ -> throw new Unacceptable("grants", "There is no account " + login);
            case Unavailable(String why) -> throw new Unacceptable("grants", "Target " + target + ": " + why);
        };
    }

    private static AllowedAddress literal(String address, String field, Use use, Source source) throws Unacceptable {
        require(
                address != null && CanonicalAddress.of(address, _ -> false).isPresent(),
                field,
                "Neither an address nor *@domain: " + address);
        return AllowedAddress.unbound(address, use, source);
    }

    private static Optional<Mode> mode(Optional<String> word) throws Unacceptable {
        return word.isEmpty() ? Optional.empty() : Optional.of(word(Mode.values(), Mode::word, word.get(), "mode"));
    }

    private static Optional<DisplayNameAddress> displayNameAddress(Optional<String> word) throws Unacceptable {
        return word.isEmpty()
                ? Optional.empty()
                : Optional.of(word(
                        DisplayNameAddress.values(),
                        value -> value.name().toLowerCase(Locale.ROOT),
                        word.get(),
                        "displayNameAddress"));
    }

    private static Set<String> domains(List<String> names) throws Unacceptable {
        var domains = new HashSet<String>();
        for (String name : names) {
            domains.add(
                    CanonicalAddress.domain(name).orElseThrow(() -> new Unacceptable("domains", "No domain: " + name)));
        }
        return domains;
    }

    private static <E> E word(E[] values, Function<E, String> word, String wanted, String field) throws Unacceptable {
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Unacceptable(field, "Unknown word " + wanted));
    }

    private static boolean isLogin(String login) {
        return login != null && !login.isBlank();
    }

    private static void require(boolean condition, String field, String message) throws Unacceptable {
        if (!condition) {
            throw new Unacceptable(field, message);
        }
    }

    private static void add(Map<String, List<AllowedAddress>> given, String account, AllowedAddress address) {
        given.computeIfAbsent(account, any -> new ArrayList<>()).add(address);
    }
}
