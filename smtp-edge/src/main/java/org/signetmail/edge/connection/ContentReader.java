package org.signetmail.edge.connection;

import java.io.IOException;
import org.signetmail.edge.content.Draft;
import org.signetmail.edge.session.Content;

/**
 * Reads the content behind DATA up to CRLF.CRLF and nothing that merely resembles it, and undoes dot-stuffing (RFC 5321
 * section 4.5.2). A bare CR, bare LF or NUL anywhere ends it at once: other servers would see another end of the message.
 */
final class ContentReader {
    private final InputBuffer input;

    ContentReader(InputBuffer input) {
        this.input = input;
    }

    Content read(Draft draft) throws IOException {
        while (true) {
            int octet = input.next();
            if (octet == '.') {
                octet = input.next();
                if (octet == '\r') {
                    return switch (input.next()) {
                        case '\n' -> ended(draft);
                        case InputBuffer.END -> new Content.Cut();
                        default -> new Content.Broken();
                    };
                }
            }
            while (octet != '\r') {
                switch (octet) {
                    case InputBuffer.END -> {
                        return new Content.Cut();
                    }
                    case '\n', '\0' -> {
                        return new Content.Broken();
                    }
                    default -> draft.append(octet);
                }
                octet = input.next();
            }
            switch (input.next()) {
                case '\n' -> {
                    draft.append('\r');
                    draft.append('\n');
                }
                case InputBuffer.END -> {
                    return new Content.Cut();
                }
                default -> {
                    return new Content.Broken();
                }
            }
        }
    }

    /** What a message that was read to its end has become. */
    static Content ended(Draft draft) {
        return switch (draft.state()) {
            case FITS -> draft.complete().<Content>map(Content.Message::new).orElseGet(Content.NoRoom::new);
            case TOO_BIG -> new Content.TooBig();
            case HEADER_TOO_BIG -> new Content.HeaderTooBig();
            case NO_ROOM -> new Content.NoRoom();
        };
    }
}
