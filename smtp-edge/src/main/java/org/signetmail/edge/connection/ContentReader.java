package org.signetmail.edge.connection;

import java.io.IOException;
import java.util.Arrays;
import org.signetmail.edge.session.Content;

/**
 * Reads the content behind DATA up to CRLF.CRLF and nothing that merely resembles it, and undoes dot-stuffing (RFC 5321
 * section 4.5.2). A bare CR, bare LF or NUL anywhere ends it at once: other servers would see another end of the message.
 */
final class ContentReader {
    private static final byte[] NOTHING = {};

    private final InputBuffer input;
    private final int maxOctets;
    private final int maxHeaderOctets;

    ContentReader(InputBuffer input, int maxOctets, int maxHeaderOctets) {
        this.input = input;
        this.maxOctets = maxOctets;
        this.maxHeaderOctets = maxHeaderOctets;
    }

    Content read() throws IOException {
        var message = new Message();
        while (true) {
            int octet = input.next();
            if (octet == '.') {
                octet = input.next();
                if (octet == '\r') {
                    return switch (input.next()) {
                        case '\n' -> message.finished();
                        case InputBuffer.END -> new Content.Cut();
                        default -> new Content.Broken();
                    };
                }
            }
            message.lineStarts(octet);
            while (octet != '\r') {
                switch (octet) {
                    case InputBuffer.END -> {
                        return new Content.Cut();
                    }
                    case '\n', '\0' -> {
                        return new Content.Broken();
                    }
                    default -> message.append(octet);
                }
                octet = input.next();
            }
            switch (input.next()) {
                case '\n' -> message.lineEnds();
                case InputBuffer.END -> {
                    return new Content.Cut();
                }
                default -> {
                    return new Content.Broken();
                }
            }
        }
    }

    /** What has been read so far; past a limit it counts on without keeping anything. */
    private final class Message {
        private byte[] octets = new byte[4096];
        private long size;
        private boolean inHeader = true;
        private boolean headerTooBig;

        void lineStarts(int firstOctet) {
            if (inHeader && firstOctet == '\r') {
                inHeader = false;
            }
        }

        void append(int octet) {
            if (inHeader && size == maxHeaderOctets) {
                headerTooBig = true;
            }
            if (size == maxOctets || headerTooBig) {
                octets = NOTHING;
            } else if (size < maxOctets) {
                if (size == octets.length) {
                    octets = Arrays.copyOf(octets, (int) Math.min(2L * octets.length, maxOctets));
                }
                octets[(int) size] = (byte) octet;
            }
            size++;
        }

        void lineEnds() {
            append('\r');
            append('\n');
        }

        Content finished() {
            if (headerTooBig) {
                return new Content.HeaderTooBig();
            }
            return size > maxOctets ? new Content.TooBig() : new Content.Message(Arrays.copyOf(octets, (int) size));
        }
    }
}
