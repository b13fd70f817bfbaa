package org.signetmail.edge.command;

import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.reply.Reply;
import org.signetmail.edge.submission.AddressParser;

/** Reads a reverse-path or forward-path, RFC 5321 section 4.1.2: angle brackets, no source route, a strict mailbox. */
final class PathParser {
    private static final int PATH_OCTETS = 256; // RFC 5321 section 4.5.3.1.3

    private PathParser() {}

    sealed interface Result {
        record Read(Path path) implements Result {}

        record Refused(Reply reply) implements Result {}
    }

    /** The index behind the path's closing bracket, which a quoted local part may hold too; -1 when there is none. */
    static int end(String text) {
        if (!text.startsWith("<")) {
            return -1;
        }
        boolean quoted = false;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                boolean separated = i + 1 == text.length() || text.charAt(i + 1) == ' ';
                return separated ? i + 1 : -1;
            }
        }
        return -1;
    }

    /**
     * Reads a path.
     *
     * @param text from bracket to bracket, one char per octet
     */
    static Result parse(String text, boolean smtputf8) {
        if (text.length() > PATH_OCTETS) {
            return new Result.Refused(Replies.ADDRESS_MALFORMED);
        }
        String inside = text.substring(1, text.length() - 1);
        if (inside.isEmpty()) {
            return new Result.Read(Path.NULL);
        }
        if (inside.startsWith("@")) {
            return new Result.Refused(Replies.SOURCE_ROUTE);
        }
        if (!smtputf8 && inside.chars().anyMatch(c -> c > 127)) {
            return new Result.Refused(Replies.SENDER_NEEDS_SMTPUTF8);
        }
        return Utf8.decode(inside)
                .flatMap(mailbox -> AddressParser.addrSpec(mailbox, smtputf8))
                .<Result>map(address -> new Result.Read(new Path(address)))
                .orElseGet(() -> new Result.Refused(Replies.ADDRESS_MALFORMED));
    }
}
