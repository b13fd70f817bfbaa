package org.signetmail.policy.originator;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The form in which addresses are compared, whole. Contract: deploy/contract/canonical-addresses.tsv, which
 * directory-service computes as well.
 *
 * @param localPart unquoted
 */
public record CanonicalAddress(String localPart, String domain) {
    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
    private static final boolean WITHOUT_TURKIC_MAPPINGS = true;

    /**
     * Empty when the address never matches any address.
     *
     * @param address local part unquoted; the last @ separates
     * @param caseSensitive whether the local parts of a canonical domain are case-sensitive
     */
    public static Optional<CanonicalAddress> of(String address, Predicate<String> caseSensitive) {
        int at = address.lastIndexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        return CanonicalDomain.of(address.substring(at + 1))
                .map(domain ->
                        new CanonicalAddress(localPart(address.substring(0, at), caseSensitive.test(domain)), domain));
    }

    /** The form in which a domain is compared; empty when no address of it ever matches. */
    public static Optional<String> domain(String domain) {
        return CanonicalDomain.of(domain);
    }

    /** NFC, then full case folding unless case-sensitive; nothing else is folded or removed. */
    static String localPart(String localPart, boolean caseSensitive) {
        String composed = NFC.normalize(localPart);
        return caseSensitive ? composed : UCharacter.foldCase(composed, WITHOUT_TURKIC_MAPPINGS);
    }

    @Override
    public String toString() {
        return localPart + "@" + domain;
    }
}
