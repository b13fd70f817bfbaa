package org.signetmail.notifier.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimePart;
import java.nio.charset.StandardCharsets;

/** Keeps every mail of ours 7-bit (RFC 2045 2.7), so that no next hop needs 8BITMIME for it. */
final class Transfer {
    static final String SEVEN_BIT = "7bit";

    private static final String QUOTED_PRINTABLE = "quoted-printable";
    private static final int LONGEST_LINE = 998;

    private Transfer() {}

    /** Makes the part text of this subtype; lines of the text end in LF and become CRLF. */
    static void text(MimePart part, String text, String subtype) throws MessagingException {
        String lines = text.replace("\n", "\r\n");
        String encoding = encodingOf(lines.getBytes(StandardCharsets.UTF_8));
        part.setText(lines, charsetOf(encoding), subtype);
        part.setHeader("Content-Transfer-Encoding", encoding);
    }

    static String charsetOf(String encoding) {
        return encoding.equals(SEVEN_BIT) ? "us-ascii" : "utf-8";
    }

    static boolean isSevenBit(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }

    static String encodingOf(byte[] octets) {
        int lineLength = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\r' && i + 1 < octets.length && octets[i + 1] == '\n') {
                lineLength = 0;
                i++;
            } else if (octets[i] <= 0 || octets[i] == '\r' || octets[i] == '\n' || ++lineLength > LONGEST_LINE) {
                return QUOTED_PRINTABLE;
            }
        }
        return SEVEN_BIT;
    }
}
