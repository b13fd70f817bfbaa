package org.signetmail.bench.load;

import java.io.IOException;
import org.signetmail.bench.wire.Wire;

/** A reply of the server; of several lines (RFC 5321 section 4.2.1) the text of the last. */
record Reply(int code, String text) {
    private static final int CODE_LENGTH = 3;

    static Reply read(Wire wire) throws IOException {
        String line = wire.readLine();
        while (line.length() > CODE_LENGTH && line.charAt(CODE_LENGTH) == '-') {
            line = wire.readLine();
        }
        try {
            return new Reply(Integer.parseInt(line, 0, CODE_LENGTH, 10), line);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("No reply of SMTP: " + line, e);
        }
    }
}
