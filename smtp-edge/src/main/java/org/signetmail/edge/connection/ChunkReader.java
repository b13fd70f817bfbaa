package org.signetmail.edge.connection;

import java.io.IOException;
import org.signetmail.edge.content.Draft;
import org.signetmail.edge.session.Content;

/**
 * Reads one message that comes in chunks (RFC 3030 section 2): octets by number, dots as they are. Lines end as strictly as
 * behind DATA, for the next hop may get it with DATA; CR and LF may stand in two chunks.
 */
final class ChunkReader {
    private final InputBuffer input;
    private final Draft draft;
    private boolean afterCr;
    private boolean lineStarts = true;

    ChunkReader(InputBuffer input, Draft draft) {
        this.input = input;
        this.draft = draft;
    }

    Content read(long octets, boolean last) throws IOException {
        for (long left = octets; left > 0; left--) {
            int octet = input.next();
            if (octet == InputBuffer.END) {
                return new Content.Cut();
            }
            if (afterCr != (octet == '\n') || octet == '\0') {
                return new Content.Broken();
            }
            afterCr = octet == '\r';
            lineStarts = octet == '\n';
            draft.append(octet);
        }
        if (last && afterCr) {
            return new Content.Broken();
        }
        if (last && !lineStarts) { // RFC 5321 section 2.3.7: a message consists of lines; no DATA could carry it
            // otherwise
            draft.append('\r');
            draft.append('\n');
        }
        return last || draft.state() != Draft.State.FITS ? ContentReader.ended(draft) : new Content.Chunk(octets);
    }

    /** Reads past a chunk; gives false when it was cut off. */
    static boolean discard(InputBuffer input, long octets) throws IOException {
        for (long left = octets; left > 0; left--) {
            if (input.next() == InputBuffer.END) {
                return false;
            }
        }
        return true;
    }
}
