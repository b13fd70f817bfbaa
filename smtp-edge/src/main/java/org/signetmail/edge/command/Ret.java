package org.signetmail.edge.command;

/** What a delivery report returns of the message: RET of MAIL, RFC 3461 section 4.3. */
public enum Ret {
    FULL,
    HDRS
}
