package org.signetmail.edge.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both versions, octet by octet. Columns: what the proxy sends; the client, "own" for the proxy's own, or what is wrong. */
class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final byte[] BEHIND = "EHLO".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource(delimiter = '|', maxCharsPerColumn = 10_000, textBlock = """
                    PROXY TCP4 192.0.2.1 198.51.100.1 56324 465\\r\\n                    | 192.0.2.1
                    PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\\r\\n          | 255.255.255.255
                    PROXY TCP4 0.0.0.0 0.0.0.0 0 0\\r\\n                                  | 0.0.0.0
                    PROXY TCP6 2001:db8::1 2001:DB8::2 1 2\\r\\n                          | 2001:db8:0:0:0:0:0:1
                    PROXY TCP6 ::ffff:192.0.2.1 ::ffff:192.0.2.2 1 2\\r\\n                | 192.0.2.1
                    PROXY UNKNOWN\\r\\n                                                   | own
                    PROXY UNKNOWN ffff::1 what ever\\r\\n                                 | own
                    PROXY UNKNOWNS\\r\\n                                                  | malformed
                    PROXY  TCP4 192.0.2.1 198.51.100.1 1 2\\r\\n                          | malformed
                    PROXY TCP4 192.0.2.1  198.51.100.1 1 2\\r\\n                          | malformed
                    PROXY TCP4 192.0.2.1 198.51.100.1 1 2 \\r\\n                          | malformed
                    PROXY TCP4 192.0.2.1 198.51.100.1 1\\r\\n                             | malformed
                    PROXY TCP4 192.0.2.1 198.51.100.1 1 65536\\r\\n                       | malformed
                    PROXY TCP4 192.0.2.1 198.51.100.1 01 2\\r\\n                          | malformed
                    PROXY TCP4 192.0.2.1 198.51.100.1 +1 2\\r\\n                          | malformed
                    PROXY TCP4 192.0.2.256 198.51.100.1 1 2\\r\\n                         | malformed
                    PROXY TCP4 192.0.2.01 198.51.100.1 1 2\\r\\n                          | malformed
                    PROXY TCP4 192.0.513 198.51.100.1 1 2\\r\\n                           | malformed
                    PROXY TCP4 2001:db8::1 2001:db8::2 1 2\\r\\n                          | malformed
                    PROXY TCP4 localhost 198.51.100.1 1 2\\r\\n                           | malformed
                    PROXY TCP6 192.0.2.1 198.51.100.1 1 2\\r\\n                           | malformed
                    PROXY TCP6 2001:db8::1%lo 2001:db8::2 1 2\\r\\n                       | malformed
                    PROXY TCP6 1::2::3 2001:db8::2 1 2\\r\\n                              | malformed
                    PROXY TCP6 [::1] ::1 1 2\\r\\n                                        | malformed
                    PROXY UDP4 192.0.2.1 198.51.100.1 1 2\\r\\n                           | malformed
                    PROXY TCP4 192.0.2.1 198.51.100.1 1 2\\n                              | malformed
                    PROXY TCP4 192.0.2.1 198.51.100.1 1 2\\rx                             | malformed
                    proxy TCP4 192.0.2.1 198.51.100.1 1 2\\r\\n                           | malformed
                    PROXY\\r\\n                                                           | malformed
                    EHLO client.example.test\\r\\n                                        | malformed
                    PROXY TCP4 192.0.2.1                                                  | cut
                    ''                                                                    | cut
                    """)
    void version1(String text, String expected) throws IOException {
        String octets = text.replace("\\r", "\r").replace("\\n", "\n");
        check(expected, octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void theLongestLineOfVersion1Has107Octets() throws IOException {
        byte[] longest = ("PROXY UNKNOWN " + "x".repeat(91) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        assertEquals(107, longest.length);
        assertEquals("own", read(longest));
        assertEquals(
                "malformed", read(("PROXY UNKNOWN " + "x".repeat(92) + "\r\n").getBytes(StandardCharsets.US_ASCII)));
    }

    /** First column: what stands behind the signature, hexadecimal. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    21 11 000c c0000201 c6336401 dc04 01d1                          | 192.0.2.1
                    21 11 000f c0000201 c6336401 dc04 01d1 04 0000                  | 192.0.2.1
                    21 11 0013 c0000201 c6336401 dc04 01d1 ea 0004 01020304         | 192.0.2.1
                    21 21 0024 20010db8000000000000000000000001 20010db8000000000000000000000002 0001 0002 | 2001:db8:0:0:0:0:0:1
                    21 21 0024 00000000000000000000ffffc0000201 00000000000000000000ffffc0000202 0001 0002 | 192.0.2.1
                    21 00 0000                                                      | own
                    21 00 0003 010203                                               | own
                    20 00 0000                                                      | own
                    20 11 000c c0000201 c6336401 dc04 01d1                          | own
                    20 ff 0001 00                                                   | own
                    21 11 000b c0000201 c6336401 dc04 01                            | malformed
                    21 11 000d c0000201 c6336401 dc04 01d1 04                       | malformed
                    21 11 000f c0000201 c6336401 dc04 01d1 04 0001                  | malformed
                    21 21 000c c0000201 c6336401 dc04 01d1                          | malformed
                    21 12 000c c0000201 c6336401 dc04 01d1                          | malformed
                    21 31 0001 00                                                   | malformed
                    21 41 0000                                                      | malformed
                    22 11 000c c0000201 c6336401 dc04 01d1                          | malformed
                    11 11 000c c0000201 c6336401 dc04 01d1                          | malformed
                    31 11 000c c0000201 c6336401 dc04 01d1                          | malformed
                    21 11 000c c0000201                                             | cut
                    21 11 ffff c0000201 c6336401 dc04 01d1                          | cut
                    21                                                              | cut
                    """)
    void version2(String hex, String expected) throws IOException {
        check(expected, octets(SIGNATURE + hex));
    }

    @Test
    void aSocketFileHasNoAddress() throws IOException {
        assertEquals("own", read(octets(SIGNATURE + "213100d8" + "00".repeat(216))));
        assertEquals("own", read(octets(SIGNATURE + "213100db" + "00".repeat(216) + "040000")));
    }

    @Test
    void theLongestHeaderOfVersion2IsSkippedToItsEnd() throws IOException {
        byte[] header = Arrays.copyOf(octets(SIGNATURE + "2111ffff c0000201 c6336401 dc0401d1 ea fff0"), 16 + 0xFFFF);
        assertEquals("192.0.2.1", read(header));
    }

    @Test
    void aSignatureThatIsNoneIsMalformedAtOnce() throws IOException {
        assertEquals("malformed", read(octets("0d0a0d0a000d0a515549540b 20 00 0000")));
        assertEquals("malformed", read(octets("0d0a0d0b")));
    }

    /** Whatever a proxy sends, the answer is an address, none, or an IOException. */
    @Test
    void mutatedHeaders() {
        var random = new Random(2);
        byte[][] seeds = {
            octets(SIGNATURE + "2111 0013 c0000201 c6336401 dc04 01d1 ea 0004 01020304"),
            "PROXY TCP4 192.0.2.1 198.51.100.1 56324 465\r\n".getBytes(StandardCharsets.US_ASCII),
            "PROXY TCP6 2001:db8::1 2001:db8::2 1 2\r\n".getBytes(StandardCharsets.US_ASCII)
        };
        int taken = 0;
        for (int round = 0; round < 100_000; round++) {
            byte[] octets = seeds[random.nextInt(seeds.length)].clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            try {
                ProxyHeader.read(new ByteArrayInputStream(octets, 0, 1 + random.nextInt(octets.length)));
                taken++;
            } catch (IOException _) {
                // That is what most deserve.
            }
        }
        assertTrue(taken > 100, "read: " + taken);
    }

    private static void check(String expected, byte[] header) throws IOException {
        if (expected.equals("cut")) {
            assertThrows(EOFException.class, () -> ProxyHeader.read(new ByteArrayInputStream(header)));
        } else {
            assertEquals(expected, read(header));
        }
    }

    private static String read(byte[] header) throws IOException {
        var wire = new ByteArrayInputStream(concatenated(header, BEHIND));
        try {
            Optional<InetAddress> client = ProxyHeader.read(wire);
            assertArrayEquals(BEHIND, wire.readAllBytes(), "nothing behind the header is touched");
            return client.map(InetAddress::getHostAddress).orElse("own");
        } catch (MalformedProxyHeader _) {
            return "malformed";
        }
    }

    private static byte[] concatenated(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
