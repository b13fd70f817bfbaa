package org.signetmail.edge.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Locale;

/** The header block of a message, as far as the relay looks at it. */
final class HeaderOctets {
    private static final byte[] RECEIVED = "received:".getBytes(US_ASCII);

    private HeaderOctets() {}

    /**
     * Where the header ends and the empty line begins (RFC 5322 2.1); the last field keeps its CRLF.
     *
     * @param limit the header is cut there if it is longer
     */
    static int end(byte[] content, int limit) {
        int most = Math.min(content.length, limit);
        for (int i = 0; i + 1 < most; i++) {
            if (atLineStart(content, i) && content[i] == '\r' && content[i + 1] == '\n') {
                return i;
            }
        }
        return most;
    }

    /** How many hosts passed the message on: each left a Received field (RFC 5321 4.4 and 6.3). */
    static int hops(byte[] content) {
        int hops = 0;
        int end = end(content, content.length);
        for (int i = 0; i + RECEIVED.length <= end; i++) {
            if (atLineStart(content, i) && isReceived(content, i)) {
                hops++;
            }
        }
        return hops;
    }

    private static boolean atLineStart(byte[] content, int position) {
        return position == 0 || content[position - 1] == '\n';
    }

    private static boolean isReceived(byte[] content, int position) {
        if ((content[position] | 0x20) != RECEIVED[0]) {
            return false;
        }
        byte[] name = Arrays.copyOfRange(content, position, position + RECEIVED.length);
        return Arrays.equals(new String(name, US_ASCII).toLowerCase(Locale.ROOT).getBytes(US_ASCII), RECEIVED);
    }
}
