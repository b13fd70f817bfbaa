package org.signetmail.policy.originator;

import java.util.Optional;

/** How local parts of a domain are compared. */
public record DomainSettings(String domain, Optional<String> subaddressDelimiter, boolean caseSensitiveLocalPart) {
    /** Of a domain that is not registered: folded, without subaddresses. */
    static DomainSettings unregistered(String domain) {
        return new DomainSettings(domain, Optional.empty(), false);
    }
}
