package org.signetmail.notifier.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * What a report gives back of the message that it is about: its header, the whole of it, or nothing. The octets are those
 * that came; a mail library would parse them and write them anew, which a forger could use.
 */
public sealed interface Returned {
    /** A header block, text/rfc822-headers, or with more than ASCII message/global-headers (RFC 6533 5). */
    record Header(RefusedHeader header) implements Returned {}

    /** A message, message/rfc822, or with more than ASCII in its header message/global (RFC 6532 3.7). */
    record Message(byte[] octets) implements Returned {
        @Override
        public boolean equals(Object other) {
            return other instanceof Message message && Arrays.equals(octets, message.octets);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets);
        }

        @Override
        public String toString() {
            return octets.length + " octets";
        }
    }

    /** Of a message that required TLS: nothing of it may go where TLS is not certain (RFC 8689 5). */
    record Nothing() implements Returned {}

    /** Whether the octets are a message whose header has more than ASCII. */
    static boolean hasGlobalHeader(byte[] message) {
        String ascii = new String(message, US_ASCII);
        int end = ascii.indexOf("\r\n\r\n");
        return (end < 0 ? ascii : ascii.substring(0, end)).indexOf('\uFFFD') >= 0;
    }
}
