package org.signetmail.edge.reply;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A reply to the client as a value (RFC 5321 section 4.2): code, enhanced status code (RFC 3463, empty where RFC 2034
 * has none), and one or more lines of text. How it looks on the wire is the {@link ReplyStyle}'s affair.
 */
public record Reply(int code, String status, List<String> text) {
    public Reply {
        text = List.copyOf(text);
    }

    static Reply of(int code, String status, String text) {
        return new Reply(code, status, List.of(text));
    }

    /** The same as the first words of a session, which have no status code (RFC 2034 section 3). */
    public Reply asGreeting() {
        return new Reply(code, "", text);
    }

    /** Whether the client got what it asked for, RFC 5321 section 4.2.1. */
    public boolean isPositive() {
        return code / 100 == 2;
    }

    /** The lines of the reply as they go out, without CRLF. */
    public List<String> lines(ReplyStyle style) {
        String prefix = style == ReplyStyle.ENHANCED && !status.isEmpty() ? status + " " : "";
        String[] lines = new String[text.size()];
        for (int i = 0; i < lines.length; i++) {
            char separator = i < lines.length - 1 ? '-' : ' ';
            lines[i] = Integer.toString(code) + separator + prefix + text.get(i);
        }
        return List.of(lines);
    }

    /** The octets of the reply, each line ended by CRLF. */
    public byte[] encode(ReplyStyle style) {
        var wire = new StringBuilder();
        for (String line : lines(style)) {
            wire.append(line).append("\r\n");
        }
        return wire.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
