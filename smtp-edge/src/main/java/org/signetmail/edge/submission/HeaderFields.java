package org.signetmail.edge.submission;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes a header block apart into fields (RFC 5322 2.2), and refuses each line that two readers could file differently. */
final class HeaderFields {
    private static final int MAX_LINE_OCTETS = 998; // RFC 5322 2.1.1, without CRLF
    private static final String MBOX_FROM = "From ";

    private final byte[] message;
    private final int end;

    private HeaderFields(byte[] message, int end) {
        this.message = message;
        this.end = end;
    }

    /** @param end octets of the header block, which holds CR and LF only as CRLF */
    static List<HeaderField> split(byte[] message, int end) throws Flawed {
        return new HeaderFields(message, end).split();
    }

    private List<HeaderField> split() throws Flawed {
        if (end == 0 && message.length > 0) {
            throw new Flawed(Flaw.BLANK_FIRST_LINE);
        }
        var fields = new ArrayList<HeaderField>();
        for (int start = 0; start < end; ) {
            int lineEnd = lineEnd(start);
            if (isWhiteSpace(start)) {
                requireContinuation(start, lineEnd, fields.isEmpty());
                fields.addLast(extended(fields.removeLast(), lineEnd));
            } else {
                int colon = colon(start, lineEnd);
                String name = new String(message, start, colon - start, StandardCharsets.US_ASCII);
                fields.addLast(new HeaderField(name, start, colon + 1, lineEnd));
            }
            start = lineEnd;
        }
        return fields;
    }

    /** First octet behind the CRLF of the line that begins at {@code start}. */
    private int lineEnd(int start) throws Flawed {
        int at = start;
        while (at < end && message[at] != '\r') {
            at++;
        }
        if (at == end) {
            throw new Flawed(Flaw.UNTERMINATED_LINE);
        }
        if (at - start > MAX_LINE_OCTETS) {
            throw new Flawed(Flaw.LONG_LINE);
        }
        return at + 2;
    }

    /** A line of white space only is obs-FWS (RFC 5322 4.2): some readers take it for the end of the header. */
    private void requireContinuation(int start, int lineEnd, boolean first) throws Flawed {
        if (first) {
            throw new Flawed(Flaw.FOLDED_FIRST_LINE);
        }
        if (afterWhiteSpace(start) == lineEnd - 2) {
            throw new Flawed(Flaw.BLANK_CONTINUATION);
        }
    }

    private static HeaderField extended(HeaderField field, int end) {
        return new HeaderField(field.name(), field.start(), field.valueStart(), end);
    }

    /** RFC 5322 2.2: a name is printable ASCII other than the colon, which follows at once. */
    private int colon(int start, int lineEnd) throws Flawed {
        int at = start;
        while (message[at] > ' ' && message[at] != ':') {
            at++;
        }
        if (message[at] != ':') {
            throw new Flawed(nameFlaw(start, at, lineEnd));
        }
        if (at == start) {
            throw new Flawed(Flaw.EMPTY_NAME);
        }
        return at;
    }

    /** Why the octet at {@code at} can neither belong to the name nor end it. */
    private Flaw nameFlaw(int start, int at, int lineEnd) {
        int next = afterWhiteSpace(at);
        boolean folded = next == lineEnd - 2 && lineEnd < end && isWhiteSpace(lineEnd);
        if (message[folded ? afterWhiteSpace(lineEnd) : next] == ':') {
            return Flaw.SPACE_BEFORE_COLON;
        }
        if (startsWithMboxFrom(start)) {
            return Flaw.MBOX_LINE;
        }
        if (!hasColon(at, lineEnd)) {
            return Flaw.NO_COLON;
        }
        return message[at] < 0 ? Flaw.EIGHT_BIT_NAME : Flaw.ILLEGAL_NAME;
    }

    private boolean startsWithMboxFrom(int start) {
        int length = Math.min(MBOX_FROM.length(), end - start);
        return new String(message, start, length, StandardCharsets.ISO_8859_1).equals(MBOX_FROM);
    }

    private boolean hasColon(int start, int lineEnd) {
        for (int i = start; i < lineEnd; i++) {
            if (message[i] == ':') {
                return true;
            }
        }
        return false;
    }

    /** First octet from {@code at} on that is no white space; the CRLF of the line stops the search. */
    private int afterWhiteSpace(int at) {
        int next = at;
        while (isWhiteSpace(next)) {
            next++;
        }
        return next;
    }

    private boolean isWhiteSpace(int at) {
        return message[at] == ' ' || message[at] == '\t';
    }
}
