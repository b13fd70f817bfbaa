package org.signetmail.directory.address;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import java.util.Optional;

/**
 * An address as it is compared; deploy/contract/canonical-addresses.tsv is the law, which policy-service follows too.
 *
 * @param localPart unquoted; NFC, and case folded unless the domain distinguishes case
 */
public record CanonicalAddress(String localPart, String domain) {
    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

    /** Splits at the last @, the only one that a domain cannot hold; empty when the address never matches any other. */
    public static Optional<CanonicalAddress> of(String address, boolean caseSensitiveLocalPart) {
        int at = address.lastIndexOf('@');
        if (at <= 0) {
            return Optional.empty();
        }
        String normal = NFC.normalize(address.substring(0, at));
        String localPart = caseSensitiveLocalPart ? normal : UCharacter.foldCase(normal, true);
        return CanonicalDomain.of(address.substring(at + 1)).map(domain -> new CanonicalAddress(localPart, domain));
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
