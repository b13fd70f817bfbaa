package org.signetmail.edge.network;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A range of IP addresses in CIDR notation (RFC 4632 section 3.1, RFC 4291 section 2.3). IPv4 addresses mapped into IPv6
 * count as IPv4.
 *
 * @param first its lowest address
 * @param prefix leading bits that its addresses have in common
 */
public record Network(InetAddress first, int prefix) {
    /** @throws IllegalArgumentException when an address of that family has no such prefix */
    public Network {
        byte[] octets = first.getAddress();
        if (prefix < 0 || prefix > octets.length * Byte.SIZE) {
            throw new IllegalArgumentException("No prefix of " + first.getHostAddress() + ": " + prefix);
        }
        for (int i = 0; i < octets.length; i++) {
            octets[i] &= (byte) mask(prefix - i * Byte.SIZE);
        }
        first = address(octets);
    }

    /**
     * Reads {@code 192.0.2.0/24} or {@code 2001:db8::/32}; a single address is a range of its own. Names are not looked up.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Network parse(String text) {
        String[] parts = text.strip().split("/", 2);
        InetAddress address = InetAddress.ofLiteral(parts[0]);
        int whole = address.getAddress().length * Byte.SIZE;
        return new Network(address, parts.length == 1 ? whole : Integer.parseInt(parts[1]));
    }

    public boolean contains(InetAddress address) {
        return address.getAddress().length == first.getAddress().length
                && new Network(address, prefix).first.equals(first);
    }

    private static int mask(int bits) {
        return bits <= 0 ? 0 : bits >= Byte.SIZE ? 0xFF : 0xFF << (Byte.SIZE - bits);
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("No IP address", e);
        }
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + prefix;
    }
}
