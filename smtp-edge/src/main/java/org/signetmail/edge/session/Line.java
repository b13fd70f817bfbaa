package org.signetmail.edge.session;

/** What the strict line reader made of the client's next octets. */
public sealed interface Line {
    /** A line ended by CRLF, without it; one char per octet. */
    record Text(String octets) implements Line {}

    /** Longer than allowed; it was read to its end. This is how it begins. */
    record TooLong(String beginning) implements Line {}

    /** A bare CR, a bare LF or a NUL (RFC 5321 section 2.3.8). */
    record Broken() implements Line {}

    /** The client closed its side. */
    record End() implements Line {}
}
