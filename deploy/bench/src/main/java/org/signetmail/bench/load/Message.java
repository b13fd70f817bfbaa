package org.signetmail.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.signetmail.bench.scenario.Load;

/**
 * The content that one connection sends again and again, with a Message-ID that differs each time, and the dot that ends
 * it. Octets are changed in place, so that sending costs the client nothing but the write.
 */
final class Message {
    private static final int LINE = 76;
    private static final int DIGITS = 16;
    private static final String NUMBER = "0".repeat(DIGITS);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private final byte[] octets;
    private final int numberAt;

    private Message(byte[] octets, int numberAt) {
        this.octets = octets;
        this.numberAt = numberAt;
    }

    /** A message of exactly the load's size, or the smallest that there is when that is larger. */
    static Message of(Load load, String from, String run) {
        String header = """
            From: <%s>
            To: <%s>
            Subject: Benchmark %s
            Date: %s
            Message-ID: <%s.%s@bench.example.test>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=us-ascii

            """.formatted(
                        from, load.recipient(), run, DATE.format(ZonedDateTime.now(ZoneOffset.UTC)), NUMBER, run)
                .replace("\n", "\r\n");
        var text = new StringBuilder(header);
        while (text.length() + LINE + 2 <= load.messageSize()) {
            text.append("x".repeat(LINE)).append("\r\n");
        }
        int left = load.messageSize() - text.length() - 2;
        if (left >= 0) {
            text.append("x".repeat(left)).append("\r\n");
        }
        text.append(".\r\n");
        return new Message(text.toString().getBytes(StandardCharsets.US_ASCII), header.indexOf("<" + NUMBER) + 1);
    }

    /** The octets on the wire, with this number as Message-ID; valid until the next call. */
    byte[] numbered(long number) {
        long left = number;
        for (int i = DIGITS - 1; i >= 0; i--) {
            octets[numberAt + i] = (byte) Character.forDigit((int) (left & 0xf), 16);
            left >>>= 4;
        }
        return octets;
    }
}
