package org.signetmail.edge.command;

/** When the sender wants to be told about a recipient: NOTIFY of RCPT, RFC 3461 section 4.1. */
public enum Notify {
    /** Not even of a failure; stands alone. */
    NEVER,
    SUCCESS,
    FAILURE,
    DELAY
}
