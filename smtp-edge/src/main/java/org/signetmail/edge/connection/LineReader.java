package org.signetmail.edge.connection;

import java.io.IOException;
import org.signetmail.edge.session.Line;

/** Reads command lines. Only CRLF ends one (RFC 5321 section 2.3.8); anything like it is not mended but refused. */
final class LineReader {
    /** RFC 4954 section 4: the longest SASL response, which may stand behind AUTH and its mechanism as well. */
    private static final int MAX_SASL_OCTETS = 12_288;

    private static final String AUTH = "AUTH ";
    private static final int MAX_AUTH_OCTETS = AUTH.length() + 20 + 1 + MAX_SASL_OCTETS; // RFC 4422 section 3.1: 20

    private final InputBuffer input;
    private final int maxCommandOctets;

    /** @param maxCommandOctets of a line without its CRLF, where RFC 4954 does not ask for more */
    LineReader(InputBuffer input, int maxCommandOctets) {
        this.input = input;
        this.maxCommandOctets = maxCommandOctets;
    }

    /** Reads the next command; a line that is too long is read to its end and dropped. */
    Line command() throws IOException {
        return read(maxCommandOctets, Math.max(maxCommandOctets, MAX_AUTH_OCTETS));
    }

    /** Reads the next line of a SASL exchange. */
    Line saslResponse() throws IOException {
        return read(MAX_SASL_OCTETS, MAX_SASL_OCTETS);
    }

    private Line read(int maxOctets, int maxAuthOctets) throws IOException {
        var line = new StringBuilder(80);
        boolean tooLong = false;
        while (true) {
            int octet = input.next();
            switch (octet) {
                case InputBuffer.END -> {
                    return new Line.End();
                }
                case '\r' -> {
                    int next = input.next();
                    if (next == '\n') {
                        return tooLong ? new Line.TooLong(line.toString()) : new Line.Text(line.toString());
                    }
                    return next == InputBuffer.END ? new Line.End() : new Line.Broken();
                }
                case '\n', '\0' -> {
                    return new Line.Broken();
                }
                default -> {
                    if (line.length() < maxOctets || line.length() < maxAuthOctets && isAuth(line)) {
                        line.append((char) octet);
                    } else {
                        tooLong = true;
                    }
                }
            }
        }
    }

    private static boolean isAuth(StringBuilder line) {
        return line.length() >= AUTH.length()
                && line.substring(0, AUTH.length()).equalsIgnoreCase(AUTH);
    }
}
