package org.signetmail.policy.originator;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The form in which domains are compared: A-labels in lower case (UTS 46 non-transitional, IDNA 2008, STD3), or an
 * address literal. Contract: deploy/contract/canonical-addresses.tsv.
 */
final class CanonicalDomain {
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.CHECK_CONTEXTO);
    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
    private static final Pattern ADDRESS_LITERAL = Pattern.compile("\\[[\\x21-\\x5a\\x5e-\\x7e]+]"); // RFC 5321 4.1.3
    private static final String ACE_PREFIX = "xn--"; // RFC 5890 2.3.2.1
    private static final int LONGEST = 253;

    private CanonicalDomain() {}

    /** Empty when no address of the domain may match any other. */
    static Optional<String> of(String domain) {
        if (ADDRESS_LITERAL.matcher(domain).matches()) {
            return Optional.of(domain.toLowerCase(Locale.ROOT));
        }
        var canonical = new StringBuilder();
        for (String label : domain.split("\\.", -1)) {
            Optional<String> canonicalLabel = label(label);
            if (canonicalLabel.isEmpty()) {
                return Optional.empty();
            }
            canonical.append(canonical.isEmpty() ? "" : ".").append(canonicalLabel.get());
        }
        return canonical.length() > LONGEST ? Optional.empty() : Optional.of(canonical.toString());
    }

    private static Optional<String> label(String label) {
        String lower = lowerCase(NFC.normalize(label));
        var ascii = new StringBuilder();
        var info = new IDNA.Info();
        UTS46.labelToASCII(lower, ascii, info);
        boolean plain = lower.startsWith(ACE_PREFIX) ? isAscii(lower) : looksTheSame(label, lower);
        if (info.hasErrors() || !plain) {
            return Optional.empty();
        }
        return Optional.of(ascii.toString());
    }

    /** An A-label has no other characters (RFC 5890 2.3.2.1); UTS 46 would drop or map them. */
    private static boolean isAscii(String label) {
        return label.chars().allMatch(c -> c < 0x80);
    }

    /** UTS 46 may change case; what else it would map (fullwidth, ignorable characters) is a disguise. */
    private static boolean looksTheSame(String label, String lower) {
        var mapped = new StringBuilder();
        UTS46.labelToUnicode(label, mapped, new IDNA.Info());
        return mapped.compareTo(new StringBuilder(lower)) == 0;
    }

    /** Character by character: a mapping that depends on its neighbours, as of the final sigma, is none of UTS 46. */
    private static String lowerCase(String text) {
        return text.codePoints()
                .map(UCharacter::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
