package org.signetmail.edge.reply;

/** Whether replies carry enhanced status codes (RFC 2034) or read letter for letter as Exchange's did. */
public enum ReplyStyle {
    EXCHANGE,
    ENHANCED
}
