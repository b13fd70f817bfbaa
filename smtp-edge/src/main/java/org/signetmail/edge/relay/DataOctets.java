package org.signetmail.edge.relay;

import java.io.IOException;
import java.io.OutputStream;

/** Content on its way into DATA: the octets as they are, dots doubled at line starts, and the end of data. */
final class DataOctets {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] END = {'.', '\r', '\n'};

    private DataOctets() {}

    /** RFC 5321 4.5.2 and 4.1.1.4. Whole stretches are written at once; nothing is copied. */
    static void write(byte[] content, OutputStream out) throws IOException {
        int written = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '.' && (i == 0 || endsLine(content, i))) {
                out.write(content, written, i - written);
                out.write('.');
                written = i;
            }
        }
        out.write(content, written, content.length - written);
        // The edge lets only whole lines pass; whoever else writes must not lose the end of data in its last line.
        if (content.length > 0 && !endsLine(content, content.length)) {
            out.write(CRLF);
        }
        out.write(END);
    }

    /** Whether a CRLF stands right before the position. */
    private static boolean endsLine(byte[] content, int position) {
        return position >= 2 && content[position - 1] == '\n' && content[position - 2] == '\r';
    }

    static boolean isSevenBit(byte[] content) {
        for (byte octet : content) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }
}
