package org.signetmail.directory.network;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.signetmail.directory.problem.Refused;

/** A range of IP addresses, written as CIDR (RFC 4632 section 3.1, RFC 4291 section 2.3), IPv6 as RFC 5952 wants it. */
public final class Network {
    private static final Pattern GIVEN = Pattern.compile("([0-9A-Fa-f.:]+)(?:/([0-9]{1,3}))?");
    private static final int MOST = 100;

    private Network() {}

    /**
     * Returns each network once, in canonical form. A single address is the network of that address.
     *
     * @throws Refused when one is no network, or there are none: a bound that nothing meets is a mistake
     */
    public static List<String> check(List<String> given, String field) {
        if (given.isEmpty() || given.size() > MOST) {
            throw Refused.invalid(field, "1 to " + MOST + " networks are named, or the field is left out");
        }
        var canonical = new TreeSet<String>();
        for (int i = 0; i < given.size(); i++) {
            String place = field + "[" + i + "]";
            canonical.add(canonical(given.get(i) == null ? "" : given.get(i), place));
        }
        return new ArrayList<>(canonical);
    }

    private static String canonical(String text, String field) {
        Matcher parts = GIVEN.matcher(text);
        Optional<InetAddress> address = parts.matches() ? address(parts.group(1)) : Optional.empty();
        int bits =
                address.map(literal -> literal.getAddress().length * Byte.SIZE).orElse(0);
        int prefix = address.isEmpty() || parts.group(2) == null ? bits : Integer.parseInt(parts.group(2));
        if (address.isEmpty() || prefix > bits) {
            throw Refused.invalid(field, "This is no network such as 192.0.2.0/24 or 2001:db8::/32");
        }
        if (hasBitsBehind(address.get().getAddress(), prefix)) {
            throw Refused.invalid(field, "Bits behind the prefix of " + prefix + " are set; is another network meant?");
        }
        return NetUtil.toAddressString(address.get()) + "/" + prefix;
    }

    /**
     * Literals only: nothing is looked up. An IPv4 address mapped into IPv6 is the IPv4 address. One that is written
     * as such has one form: some readers take 010 for 8.
     */
    private static Optional<InetAddress> address(String literal) {
        try {
            return Optional.of(InetAddress.ofLiteral(literal))
                    .filter(address -> literal.contains(":") || literal.equals(address.getHostAddress()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean hasBitsBehind(byte[] address, int prefix) {
        for (int bit = prefix; bit < address.length * Byte.SIZE; bit++) {
            if ((address[bit / Byte.SIZE] & 0x80 >> bit % Byte.SIZE) != 0) {
                return true;
            }
        }
        return false;
    }
}
