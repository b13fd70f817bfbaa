package org.signetmail.policy.originator;

import java.time.Instant;
import java.util.Optional;

/**
 * One address that the directory gives an account.
 *
 * @param address as it was entered; {@code *@domain} of a grant means every address of exactly that domain
 * @param validFrom first instant at which it counts
 * @param validUntil first instant at which it counts no more
 */
public record AllowedAddress(
        String address,
        Use use,
        Source source,
        Optional<String> grantId,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil) {
    private static final String WHOLE_DOMAIN = "*@";

    public boolean countsAt(Instant now) {
        return validFrom.map(from -> !now.isBefore(from)).orElse(true)
                && validUntil.map(now::isBefore).orElse(true);
    }

    /** Only a grant may cover a domain: an own address {@code *@domain} is the mailbox named {@code *}. */
    boolean coversDomain() {
        return source == Source.GRANT && address.startsWith(WHOLE_DOMAIN) && address.lastIndexOf('@') == 1;
    }

    /** The domain as it was entered. */
    public String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
