package org.signetmail.edge.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.proxy.MalformedProxyHeader;
import org.signetmail.edge.proxy.ProxyHeader;

/**
 * Random and mutated PROXY headers: a right one gives its address and leaves what is behind it, any other is refused, and
 * nothing else happens.
 */
class ProxyHeaderFuzzTest {
    private static final long HEADERS_IN_THE_TESTS = 200_000;
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String BEHIND = "EHLO client.example.test\r\n";
    private static final int LONGEST = 16 + 65_535;
    private static final List<String> TOKENS = List.of(
            "PROXY ",
            "TCP4 ",
            "TCP6 ",
            "UNKNOWN",
            "127.0.0.1 ",
            "::ffff:127.0.0.1 ",
            "65536",
            "0",
            " ",
            "\r\n",
            SIGNATURE,
            "\u0021",
            "\u0020",
            "\u0011",
            "\0\0");

    private final Random random = new Random(Fuzz.seed());

    @Test
    void aHeaderIsReadWholeOrRefused() throws IOException {
        long headers = Fuzz.iterations(HEADERS_IN_THE_TESTS);
        long read = 0;
        for (long i = 0; i < headers; i++) {
            byte[] address = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(address);
            String header = random.nextBoolean() ? version1(address) : version2(address);
            if (random.nextInt(4) == 0) {
                assertRight(header, address);
                read++;
            } else {
                read += isRead(Fuzz.mutated(random, header, TOKENS)) ? 1 : 0;
            }
        }
        assertTrue(read > headers / 4, read + " of " + headers);
    }

    private static void assertRight(String header, byte[] address) throws IOException {
        var input = new ByteArrayInputStream((header + BEHIND).getBytes(StandardCharsets.ISO_8859_1));
        Optional<InetAddress> client = ProxyHeader.read(input);
        assertEquals(InetAddress.getByAddress(address), client.orElseThrow(), header);
        assertArrayEquals(BEHIND.getBytes(StandardCharsets.ISO_8859_1), input.readAllBytes(), header);
    }

    private static boolean isRead(String header) throws IOException {
        byte[] octets = (header + BEHIND).getBytes(StandardCharsets.ISO_8859_1);
        var input = new ByteArrayInputStream(octets);
        try {
            Optional<InetAddress> _ = ProxyHeader.read(input);
            return true;
        } catch (MalformedProxyHeader | EOFException e) {
            assertTrue(octets.length - input.available() <= LONGEST, header);
            return false;
        }
    }

    private static String version1(byte[] address) throws IOException {
        String text = InetAddress.getByAddress(address).getHostAddress();
        boolean ipv4 = text.indexOf(':') < 0;
        return "PROXY TCP" + (ipv4 ? "4 " + text + " 192.0.2.1" : "6 " + text + " 2001:db8::1") + " 40000 587\r\n";
    }

    private String version2(byte[] address) {
        byte[] more = new byte[random.nextInt(3) == 0 ? 3 : 0]; // an empty TLV of type 0
        int length = 2 * address.length + 4 + more.length;
        var header = ByteBuffer.allocate(16 + length)
                .put(SIGNATURE.getBytes(StandardCharsets.ISO_8859_1))
                .put((byte) 0x21)
                .put((byte) (address.length == 4 ? 0x11 : 0x21))
                .putShort((short) length)
                .put(address)
                .put(new byte[address.length])
                .putShort((short) 40_000)
                .putShort((short) 587)
                .put(more);
        return new String(header.array(), StandardCharsets.ISO_8859_1);
    }
}
