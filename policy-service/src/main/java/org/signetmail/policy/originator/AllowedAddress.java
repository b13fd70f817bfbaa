package org.signetmail.policy.originator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One address that the directory gives an account.
 *
 * @param address as it was entered; {@code *@domain} of a grant means every address of exactly that domain
 * @param through the groups by which a grant comes, from the one that the account is a member of; informs people only
 * @param validFrom first instant at which it counts
 * @param validUntil first instant at which it counts no more
 * @param networks where it may be used from; none means anywhere
 * @param credential the application password with which alone it may be used
 */
public record AllowedAddress(
        String address,
        Use use,
        Source source,
        Optional<String> grantId,
        List<String> through,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil,
        List<Network> networks,
        Optional<String> credential) {
    private static final String WHOLE_DOMAIN = "*@";

    /** An address that counts at any time, from anywhere. */
    public static AllowedAddress unbound(String address, Use use, Source source) {
        return new AllowedAddress(
                address,
                use,
                source,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** Why it does not count for this sign-in at this instant, in words for the account's owner; empty when it does. */
    public Optional<String> obstacle(SignIn signIn, Instant now) {
        if (validFrom.filter(now::isBefore).isPresent()) {
            return Optional.of("The account may use this address only from " + validFrom.get());
        }
        if (validUntil.filter(end -> !now.isBefore(end)).isPresent()) {
            return Optional.of("The account could use this address only until " + validUntil.get());
        }
        if (!signIn.isFrom(networks)) {
            return Optional.of("The account may use this address only from certain networks");
        }
        return credential.isPresent() && !credential.equals(signIn.credential())
                ? Optional.of("The account may use this address only with the application password that it is bound to")
                : Optional.empty();
    }

    /** Only a grant may cover a domain: an own address {@code *@domain} is the mailbox named {@code *}. */
    boolean coversDomain() {
        return source.isGranted() && address.startsWith(WHOLE_DOMAIN) && address.lastIndexOf('@') == 1;
    }

    /** The domain as it was entered. */
    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
