package org.signetmail.edge.protocollog;

/** How much of the dialogue is written; each level holds those above it. Credentials are in none. */
public enum Level {
    NONE,
    /** Begin and end of a connection, outcome of AUTH, final reply to a message. */
    MINIMUM,
    /** Every command and reply, and the size of each message. */
    MEDIUM,
    /** The header lines of each message as well. */
    MAXIMUM;

    boolean holds(Level other) {
        return compareTo(other) >= 0;
    }
}
