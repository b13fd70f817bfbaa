package org.signetmail.edge.submission;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The octets of a header as a whole: where it ends, and whether they may stand in a header at all. */
final class HeaderBlock {
    private static final char LINE_SEPARATOR = '\u2028';
    private static final char PARAGRAPH_SEPARATOR = '\u2029';

    private HeaderBlock() {}

    /** Octets of the header without the empty line; all of the message when there is no empty line. */
    static int length(byte[] message) {
        int lineStart = 0;
        for (int i = 0; i + 1 < message.length; i++) {
            if (message[i] == '\r' && message[i + 1] == '\n') {
                if (i == lineStart) {
                    return lineStart;
                }
                lineStart = i + 2;
                i++;
            }
        }
        return message.length;
    }

    static void requireAllowedOctets(byte[] message, int length, boolean smtputf8) throws Flawed {
        for (int i = 0; i < length; i++) {
            byte octet = message[i];
            boolean crlf = octet == '\r' && i + 1 < length && message[i + 1] == '\n';
            if (crlf) {
                i++;
            } else if (octet >= 0 && octet < ' ' && octet != '\t' || octet == 0x7F) {
                throw new Flawed(Flaw.CONTROL_CHARACTER);
            }
        }
        if (smtputf8) {
            requireUtf8(message, length);
        }
    }

    /** RFC 6532 3. C1 controls and Unicode's line ends count as control characters: some readers end a line at them. */
    private static void requireUtf8(byte[] message, int length) throws Flawed {
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message, 0, length));
        } catch (CharacterCodingException e) {
            throw new Flawed(Flaw.INVALID_UTF8);
        }
        while (text.hasRemaining()) {
            char c = text.get();
            if (c >= 0x80 && c < 0xA0 || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR) {
                throw new Flawed(Flaw.CONTROL_CHARACTER);
            }
        }
    }
}
