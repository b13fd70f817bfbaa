package org.signetmail.edge.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header by which a proxy tells whose connection it passes on: HAProxy's PROXY protocol, versions 1 and 2. Not an octet
 * behind the header is read: TLS may begin there.
 */
public final class ProxyHeader {
    /** Section 2.2: twelve octets that begin no other protocol. */
    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};

    private static final byte[] V1 = {'P', 'R', 'O', 'X', 'Y', ' '};
    private static final int V1_MAX_OCTETS = 107; // section 2.1, with CRLF
    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final int MAX_PORT = 65_535;
    private static final int IPV4_OCTETS = 2 * 4 + 2 * 2;
    private static final int IPV6_OCTETS = 2 * 16 + 2 * 2;
    private static final int UNIX_OCTETS = 2 * 108;
    private static final int TLV_OCTETS = 3;

    private final InputStream input;

    private ProxyHeader(InputStream input) {
        this.input = input;
    }

    /**
     * Reads the header that must stand here.
     *
     * @return the client's address; empty when the proxy names none (LOCAL, UNKNOWN, a socket file) or speaks for itself
     * @throws MalformedProxyHeader at the first octet that cannot belong to a header
     * @throws EOFException when the connection ends inside the header
     */
    public static Optional<InetAddress> read(InputStream input) throws IOException {
        return new ProxyHeader(input).read();
    }

    private Optional<InetAddress> read() throws IOException {
        int first = octet();
        if (first == V1[0]) {
            expect(V1);
            return version1();
        }
        if (first == SIGNATURE[0]) {
            expect(SIGNATURE);
            return version2();
        }
        throw new MalformedProxyHeader("no PROXY header");
    }

    /** The first octet of these has been read. */
    private void expect(byte[] begin) throws IOException {
        for (int i = 1; i < begin.length; i++) {
            if (octet() != begin[i]) {
                throw new MalformedProxyHeader("no PROXY header");
            }
        }
    }

    /** Section 2.1: {@code PROXY TCP4 source destination port port}, or UNKNOWN and whatever follows. */
    private Optional<InetAddress> version1() throws IOException {
        String line = line();
        if (line.equals("UNKNOWN") || line.startsWith("UNKNOWN ")) {
            return Optional.empty();
        }
        String[] words = line.split(" ", -1);
        if (words.length != 5 || !isPort(words[3]) || !isPort(words[4])) {
            throw new MalformedProxyHeader("version 1: not five words");
        }
        Pattern form = switch (words[0]) {
            case "TCP4" -> IPV4;
            case "TCP6" -> IPV6;
            default -> throw new MalformedProxyHeader("version 1: unknown protocol");
        };
        address(words[2], form);
        return Optional.of(address(words[1], form));
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int left = V1_MAX_OCTETS - V1.length; left > 0; left--) {
            int octet = octet();
            if (octet == '\r' && left > 1) {
                if (octet() != '\n') {
                    throw new MalformedProxyHeader("version 1: bare CR");
                }
                return line.toString();
            }
            if (octet < ' ' || octet > '~') {
                throw new MalformedProxyHeader("version 1: not a line of text");
            }
            line.append((char) octet);
        }
        throw new MalformedProxyHeader("version 1: line is too long");
    }

    private static boolean isPort(String word) {
        return PORT.matcher(word).matches() && Integer.parseInt(word) <= MAX_PORT;
    }

    private static InetAddress address(String word, Pattern form) throws MalformedProxyHeader {
        if (!form.matcher(word).matches()) {
            throw new MalformedProxyHeader("version 1: no address of its family");
        }
        try {
            return form.equals(IPV4) ? Inet4Address.ofLiteral(word) : Inet6Address.ofLiteral(word);
        } catch (IllegalArgumentException _) {
            throw new MalformedProxyHeader("version 1: no address");
        }
    }

    /** Section 2.2: version and command, family and transport, length, addresses, TLVs. */
    private Optional<InetAddress> version2() throws IOException {
        int command = octet();
        int family = octet();
        int length = octet() << Byte.SIZE | octet();
        return switch (command) {
            case 0x20 -> { // LOCAL: the proxy's own connection, a health check; all of the rest is to be skipped
                skip(length);
                yield Optional.empty();
            }
            case 0x21 -> // PROXY
                switch (family) {
                    case 0x11 -> Optional.of(source(4, length - IPV4_OCTETS)); // TCP over IPv4
                    case 0x21 -> Optional.of(source(16, length - IPV6_OCTETS)); // TCP over IPv6
                    case 0x31 -> unnamed(UNIX_OCTETS, length); // a stream through a socket file
                    case 0x00 -> { // unspecified: what follows has no form
                        skip(length);
                        yield Optional.empty();
                    }
                    default -> throw new MalformedProxyHeader("version 2: no stream, or an unknown family");
                };
            default -> throw new MalformedProxyHeader("version 2: unknown version or command");
        };
    }

    /** @param tlvs octets behind the addresses, where type-length-values stand */
    private InetAddress source(int octets, int tlvs) throws IOException {
        if (tlvs < 0) {
            throw new MalformedProxyHeader("version 2: too short for its addresses");
        }
        var address = new byte[octets];
        for (int i = 0; i < octets; i++) {
            address[i] = (byte) octet();
        }
        skip(octets + 2 * 2); // destination and ports
        skipTlvs(tlvs);
        return InetAddress.getByAddress(address);
    }

    private Optional<InetAddress> unnamed(int addresses, int length) throws IOException {
        if (length < addresses) {
            throw new MalformedProxyHeader("version 2: too short for its addresses");
        }
        skip(addresses);
        skipTlvs(length - addresses);
        return Optional.empty();
    }

    /** Section 2.2.1 and on: each has a type and a length, and none reaches beyond the header. */
    private void skipTlvs(int octets) throws IOException {
        int left = octets;
        while (left > 0) {
            if (left < TLV_OCTETS) {
                throw new MalformedProxyHeader("version 2: a TLV is cut off");
            }
            octet();
            int length = octet() << Byte.SIZE | octet();
            left -= TLV_OCTETS + length;
            if (left < 0) {
                throw new MalformedProxyHeader("version 2: a TLV is longer than the header");
            }
            skip(length);
        }
    }

    private void skip(int octets) throws IOException {
        input.skipNBytes(octets);
    }

    private int octet() throws IOException {
        int octet = input.read();
        if (octet < 0) {
            throw new EOFException("The connection ended inside a PROXY header");
        }
        return octet;
    }
}
