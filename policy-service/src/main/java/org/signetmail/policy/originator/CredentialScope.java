package org.signetmail.policy.originator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a sign-in with an application password may use of all that the account may.
 *
 * @param addresses empty when it is not restricted to addresses
 * @param networks none when it may come from anywhere
 * @param validUntil first instant at which it counts no more
 */
public record CredentialScope(Optional<AddressBook> addresses, List<Network> networks, Optional<Instant> validUntil) {
    /** Restricted to addresses (with the subaddresses of each) or {@code *@domain}. */
    public static CredentialScope of(
            Optional<List<String>> addresses,
            List<Network> networks,
            Optional<Instant> validUntil,
            List<DomainSettings> domains) {
        return new CredentialScope(
                addresses.map(list -> new AddressBook(
                        list.stream()
                                .map(address -> AllowedAddress.unbound(address, Use.OWN, Source.GRANT))
                                .toList(),
                        domains)),
                networks,
                validUntil);
    }

    boolean isExpired(Instant now) {
        return validUntil.isPresent() && !now.isBefore(validUntil.get());
    }

    /** Why the scope does not let the address be used, in words for the account's owner. */
    Optional<String> obstacle(String address, SignIn signIn) {
        if (!signIn.isFrom(networks)) {
            return Optional.of("The application password of this sign-in may not be used from this network");
        }
        return addresses
                .filter(book -> book.covering(address).findAny().isEmpty())
                .map(_ -> "The application password of this sign-in is not for this address");
    }
}
