package org.signetmail.directory.address;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A domain as it is compared: A-labels in lower case (UTS 46, IDNA 2008), or an address literal. A domain that UTS 46
 * would map to something that looks different has no canonical form: it matches nothing.
 */
public final class CanonicalDomain {
    private static final IDNA UTS46 = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.CHECK_CONTEXTO
            | IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE);
    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
    // RFC 5321 section 4.1.3; dcontent is printable ASCII without brackets and backslash.
    private static final Pattern LITERAL = Pattern.compile("\\[[!-Z^-~]+]");
    private static final Pattern DOT = Pattern.compile("\\.");

    private CanonicalDomain() {}

    public static Optional<String> of(String domain) {
        if (LITERAL.matcher(domain).matches()) {
            return Optional.of(domain.toLowerCase(Locale.ROOT));
        }
        String lower = NFC.normalize(domain.toLowerCase(Locale.ROOT));
        String ascii = convert(lower, true);
        String unicode = ascii == null ? null : convert(ascii, false);
        return unicode != null && survives(lower, ascii, unicode) ? Optional.of(ascii) : Optional.empty();
    }

    /** Null where UTS 46 finds an error. */
    private static String convert(String domain, boolean toAscii) {
        var info = new IDNA.Info();
        var converted = new StringBuilder();
        if (toAscii) {
            UTS46.nameToASCII(domain, converted, info);
        } else {
            UTS46.nameToUnicode(domain, converted, info);
        }
        return info.hasErrors() || converted.isEmpty() ? null : converted.toString();
    }

    /** Each label must have come through the mapping as it was written, as U-label or as A-label. */
    private static boolean survives(String written, String ascii, String unicode) {
        String[] labels = DOT.split(written, -1);
        String[] asciiLabels = DOT.split(ascii, -1);
        String[] unicodeLabels = DOT.split(unicode, -1);
        if (labels.length != asciiLabels.length || labels.length != unicodeLabels.length) {
            return false;
        }
        for (int i = 0; i < labels.length; i++) {
            boolean same = labels[i].equals(asciiLabels[i]) || labels[i].equals(unicodeLabels[i]);
            if (labels[i].isEmpty() || !same) {
                return false;
            }
        }
        return true;
    }
}
