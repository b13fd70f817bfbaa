package org.signetmail.edge.relay;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address as MAIL and RCPT want it. The contract has local parts unquoted, so that the last @ separates; here the
 * quotes come back where the grammar needs them (RFC 5321 4.1.2).
 */
final class WirePath {
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x80-\\x{10ffff}-]+";
    private static final Pattern DOT_STRING = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");
    private static final Pattern QUOTED_STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern DOMAIN = Pattern.compile("[^ @<>\"(),;\\\\]+");

    private WirePath() {}

    /** The path in angle brackets; empty when no command could carry the address, above all when it has line ends. */
    static Optional<String> of(String address) {
        if (address.isEmpty()) {
            return Optional.of("<>");
        }
        if (address.chars().anyMatch(octet -> octet < ' ' || octet == 0x7f)) {
            return Optional.empty();
        }
        int at = address.lastIndexOf('@');
        String local = at < 0 ? address : address.substring(0, at);
        if (at >= 0 && !DOMAIN.matcher(address.substring(at + 1)).matches()) {
            return Optional.empty();
        }
        return Optional.of("<" + localPart(local) + (at < 0 ? "" : address.substring(at)) + ">");
    }

    static boolean isAscii(String address) {
        return address.chars().allMatch(octet -> octet < 0x80);
    }

    private static String localPart(String local) {
        if (DOT_STRING.matcher(local).matches() || QUOTED_STRING.matcher(local).matches()) {
            return local;
        }
        return '"' + local.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
