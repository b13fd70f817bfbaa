package org.signetmail.edge.relay;

import java.util.Optional;
import java.util.regex.Pattern;
import org.signetmail.edge.submission.AddressParser;

/**
 * An address as MAIL and RCPT want it. The contract has local parts unquoted, so that the last @ separates; here the
 * quotes come back where the grammar needs them (RFC 5321 4.1.2).
 */
final class WirePath {
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
        if (at < 0) { // RFC 5321 4.5.1: postmaster, the one mailbox without a domain
            return Optional.of("<" + address + ">");
        }
        return DOMAIN.matcher(address.substring(at + 1)).matches()
                ? Optional.of("<" + AddressParser.quoted(address) + ">")
                : Optional.empty();
    }

    static boolean isAscii(String address) {
        return address.chars().allMatch(octet -> octet < 0x80);
    }
}
