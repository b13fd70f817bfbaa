package org.signetmail.directory.network;

import java.net.InetAddress;
import java.util.Optional;
import org.signetmail.directory.problem.Refused;

/** A range of IP addresses as people write it: {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one address. */
public record Network(InetAddress first, int prefixLength) {
    private static final int LONGEST_TEXT = 49; // of IPv6 with a length

    /** Empty when the text is no network, or has bits behind its prefix: it may mean that host, or all of them. */
    public static Optional<Network> of(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> first = host(slash < 0 ? text : text.substring(0, slash));
        if (first.isEmpty() || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        int bits = bits(first.get());
        Optional<Integer> length = slash < 0 ? Optional.of(bits) : length(text.substring(slash + 1), bits);
        return length.map(known -> new Network(first.get(), known)).filter(network -> network.isFirst(network.first));
    }

    /**
     * The one form of what a request gives as a network.
     *
     * @throws Refused naming the field when it is none
     */
    public static String checked(String text, String field) {
        return Optional.ofNullable(text)
                .flatMap(Network::of)
                .map(Network::toString)
                .orElseThrow(() -> Refused.invalid(
                        field, "A network is an IP address, or one with its length and no bits behind: 192.0.2.0/24"));
    }

    /** An address literal; an IPv4-mapped IPv6 address is the IPv4 address. Names, zones and numbers are none. */
    public static Optional<InetAddress> host(String literal) {
        boolean plain = literal.indexOf(':') >= 0
                || literal.chars().filter(c -> c == '.').count() == 3;
        if (!plain || literal.indexOf('%') >= 0 || literal.indexOf('[') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress host) {
        byte[] own = first.getAddress();
        byte[] other = host.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            if (bit(own, bit) != bit(other, bit)) {
                return false;
            }
        }
        return true;
    }

    private boolean isFirst(InetAddress address) {
        byte[] octets = address.getAddress();
        for (int bit = prefixLength; bit < bits(address); bit++) {
            if (bit(octets, bit) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Integer> length(String digits, int most) {
        boolean number = digits.matches("0|[1-9][0-9]{0,2}");
        return number ? Optional.of(Integer.valueOf(digits)).filter(length -> length <= most) : Optional.empty();
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    private static int bit(byte[] octets, int bit) {
        return octets[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1;
    }

    /** The text by which equal networks are equal, and which policy-service reads. */
    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefixLength;
    }
}
