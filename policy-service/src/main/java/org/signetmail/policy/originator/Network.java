package org.signetmail.policy.originator;

import java.net.InetAddress;
import java.util.Optional;

/** A range of IP addresses, {@code 192.0.2.0/24} or {@code 2001:db8::/32} (RFC 4632, RFC 4291 2.3). */
public record Network(InetAddress first, int prefixLength) {
    /** @throws IllegalArgumentException when the text is no network */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress first = host(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException("No network: " + text));
        int bits = first.getAddress().length * Byte.SIZE;
        int length = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("No network: " + text);
        }
        return new Network(first, length);
    }

    /** An address literal; a name is none, and an IPv4-mapped IPv6 address is the IPv4 address. */
    public static Optional<InetAddress> host(String literal) {
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress host) {
        byte[] own = first.getAddress();
        byte[] other = host.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            if (((own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & 0x80 >> bit % Byte.SIZE) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefixLength;
    }
}
