package org.signetmail.directory.importing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines of a stream of any length, held one at a time; of a line over the limit no more than the fact is kept. */
final class BoundedLines {
    /** One line, without its end. */
    sealed interface Line {
        long number();

        record Text(long number, byte[] octets) implements Line {}

        record TooLong(long number) implements Line {}
    }

    private final InputStream input;
    private final int limit;
    private long number;

    BoundedLines(InputStream input, int limit) {
        this.input = new BufferedInputStream(input);
        this.limit = limit;
    }

    /** Passes over lines without keeping anything of them. */
    void skip(long lines) throws IOException {
        for (long i = 0; i < lines; i++) {
            int octet = input.read();
            if (octet < 0) {
                return;
            }
            number++;
            while (octet >= 0 && octet != '\n') {
                octet = input.read();
            }
        }
    }

    /** The next line; empty at the end of the stream. Blank lines are lines too. */
    Optional<Line> next() throws IOException {
        int octet = input.read();
        if (octet < 0) {
            return Optional.empty();
        }
        number++;
        var line = new ByteArrayOutputStream();
        boolean tooLong = false;
        for (; octet >= 0 && octet != '\n'; octet = input.read()) {
            if (line.size() < limit) {
                line.write(octet);
            } else {
                tooLong = true;
            }
        }
        return Optional.of(tooLong ? new Line.TooLong(number) : new Line.Text(number, line.toByteArray()));
    }
}
