package org.signetmail.policy.originator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an account may use, signed in as it is, at the instant of the verdict: the question that every rule asks. */
public final class Allowance {
    private static final int MOST_LISTED = 50;

    private final Originators originators;
    private final SignIn signIn;
    private final Instant now;
    private final Optional<CredentialScope> scope;

    public Allowance(Originators originators, SignIn signIn, Instant now) {
        this.originators = originators;
        this.signIn = signIn;
        this.now = now;
        this.scope = signIn.credential().map(originators.credentials()::get);
    }

    public AccountState state() {
        return originators.state();
    }

    /** Why the account is suspended. */
    public Optional<String> suspendedFor() {
        return originators.suspension().map(Suspension::reason);
    }

    /** Whether the sign-in was by an application password that the directory does not have any more. */
    public boolean credentialRevoked() {
        return signIn.credential().isPresent() && scope.isEmpty();
    }

    /** Whether the application password of the sign-in has come to its end since. */
    public boolean credentialExpired() {
        return scope.map(restriction -> restriction.isExpired(now)).orElse(false);
    }

    /** The entry by which the address is the account's own, or granted as send-as. */
    public Optional<AllowedAddress> own(String address) {
        return usable(address)
                .filter(entry -> entry.use() != Use.SEND_ON_BEHALF)
                .findFirst();
    }

    /** The entry by which the address may stand in From, if the Sender is the account's own or send-as. */
    public Optional<AllowedAddress> onBehalf(String address) {
        return usable(address)
                .filter(entry -> entry.use() == Use.SEND_ON_BEHALF)
                .findFirst();
    }

    /** What stands between the account and an address that the directory gives it; empty for any other address. */
    public Optional<String> obstacle(String address) {
        List<AllowedAddress> entries = originators.addresses().covering(address).toList();
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        return scope.flatMap(restriction -> restriction.obstacle(address, signIn))
                .or(() -> entries.stream()
                        .flatMap(entry -> entry.obstacle(signIn, now).stream())
                        .findFirst())
                .or(() -> Optional.of("The account may use this address only in From, with a Sender of its own"));
    }

    /** Addresses for people to read: primary first, own, send-as, send-on-behalf; at most 50, none when suspended. */
    public List<String> listed() {
        if (originators.state() != AccountState.ENABLED) {
            return List.of();
        }
        Stream<String> given = originators.addresses().addresses().stream()
                .filter(entry -> entry.obstacle(signIn, now).isEmpty())
                .map(AllowedAddress::address);
        return scope.map(restriction -> within(restriction, given))
                .orElse(given)
                .distinct()
                .limit(MOST_LISTED)
                .toList();
    }

    /** What is both given and in the scope, whichever of them names a whole domain. */
    private Stream<String> within(CredentialScope restriction, Stream<String> given) {
        Stream<String> named = restriction.addresses().stream()
                .flatMap(book -> book.addresses().stream())
                .map(AllowedAddress::address);
        return Stream.concat(given, named)
                .filter(address -> usable(address).findAny().isPresent());
    }

    private Stream<AllowedAddress> usable(String address) {
        if (scope.flatMap(restriction -> restriction.obstacle(address, signIn)).isPresent()) {
            return Stream.empty();
        }
        return originators
                .addresses()
                .covering(address)
                .filter(entry -> entry.obstacle(signIn, now).isEmpty());
    }
}
