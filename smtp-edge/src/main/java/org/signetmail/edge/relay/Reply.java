package org.signetmail.edge.relay;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reply of the next hop.
 *
 * @param text the whole reply as one line, code first
 */
record Reply(int code, String text) {
    /** RFC 2034: the enhanced status follows the code; its class agrees with the code's first digit. */
    private static final Pattern ENHANCED = Pattern.compile("(\\d)\\d\\d (\\1\\.\\d{1,3}\\.\\d{1,3})(?: .*)?");

    boolean accepted() {
        return code / 100 == 2;
    }

    boolean transientRefusal() {
        return code / 100 == 4;
    }

    boolean permanentRefusal() {
        return code / 100 == 5;
    }

    /** Status by RFC 3463: the reply's own, else what its first digit says. */
    String status() {
        Matcher enhanced = ENHANCED.matcher(text);
        return enhanced.matches() ? enhanced.group(2) : code / 100 + ".0.0";
    }
}
