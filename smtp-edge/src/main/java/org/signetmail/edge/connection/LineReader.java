package org.signetmail.edge.connection;

import java.io.IOException;
import org.signetmail.edge.session.Line;

/** Reads command lines. Only CRLF ends one (RFC 5321 section 2.3.8); anything like it is not mended but refused. */
final class LineReader {
    private final InputBuffer input;

    LineReader(InputBuffer input) {
        this.input = input;
    }

    /**
     * Reads the next line; a line that is too long is read to its end and dropped.
     *
     * @param maxOctets without the CRLF
     */
    Line read(int maxOctets) throws IOException {
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
                        return tooLong ? new Line.TooLong() : new Line.Text(line.toString());
                    }
                    return next == InputBuffer.END ? new Line.End() : new Line.Broken();
                }
                case '\n', '\0' -> {
                    return new Line.Broken();
                }
                default -> {
                    if (line.length() < maxOctets) {
                        line.append((char) octet);
                    } else {
                        tooLong = true;
                    }
                }
            }
        }
    }
}
