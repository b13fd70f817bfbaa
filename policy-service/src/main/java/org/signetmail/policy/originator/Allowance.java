package org.signetmail.policy.originator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an account may use at the instant of the verdict: the question that every rule asks. */
public final class Allowance {
    private static final int MOST_LISTED = 50;

    private final Originators originators;
    private final Instant now;

    public Allowance(Originators originators, Instant now) {
        this.originators = originators;
        this.now = now;
    }

    public AccountState state() {
        return originators.state();
    }

    /** The entry by which the address is the account's own, or granted as send-as. */
    public Optional<AllowedAddress> own(String address) {
        return covering(address, false);
    }

    /** The entry by which the address may stand in From, if the Sender is the account's own or send-as. */
    public Optional<AllowedAddress> onBehalf(String address) {
        return covering(address, true);
    }

    /** Addresses for people to read: primary first, own, send-as, send-on-behalf; at most 50, none when suspended. */
    public List<String> listed() {
        if (originators.state() != AccountState.ENABLED) {
            return List.of();
        }
        return originators.addresses().addresses().stream()
                .filter(entry -> entry.countsAt(now))
                .map(AllowedAddress::address)
                .distinct()
                .limit(MOST_LISTED)
                .toList();
    }

    private Optional<AllowedAddress> covering(String address, boolean onBehalf) {
        return originators
                .addresses()
                .covering(address)
                .filter(entry -> (entry.use() == Use.SEND_ON_BEHALF) == onBehalf)
                .filter(entry -> entry.countsAt(now))
                .findFirst();
    }
}
