package org.signetmail.edge.session;

import org.signetmail.edge.content.StoredMessage;

/** What the strict content readers made of the octets behind DATA or BDAT. */
public sealed interface Content {
    /** The message without dot-stuffing; every line ends with CRLF. */
    record Message(StoredMessage message) implements Content {}

    /** A chunk of BDAT that is not the last. */
    record Chunk(long octets) implements Content {}

    /** More octets than allowed; they were read to the end and dropped. */
    record TooBig() implements Content {}

    /** The header block alone is longer than allowed. */
    record HeaderTooBig() implements Content {}

    /** There was no room to keep it; it was read to its end and dropped. */
    record NoRoom() implements Content {}

    /** A bare CR, a bare LF or a NUL; what follows cannot be told from commands. */
    record Broken() implements Content {}

    /** The client closed its side in the middle. */
    record Cut() implements Content {}
}
