package org.signetmail.edge.command;

/**
 * A reverse-path or forward-path without source route, RFC 5321 section 4.1.2.
 *
 * @param address {@code local-part@domain}, local part unquoted: the last @ separates; empty for the null sender
 */
public record Path(String address) {
    public static final Path NULL = new Path("");

    public boolean isNull() {
        return address.isEmpty();
    }
}
