package org.signetmail.edge.command;

/**
 * A reverse-path or forward-path without source route, RFC 5321 section 4.1.2.
 *
 * @param mailbox what stood between the angle brackets, as it goes to the next hop; empty for the null sender
 * @param address the same with its local part unquoted, as it is judged
 */
public record Path(String mailbox, String address) {
    public static final Path NULL = new Path("", "");

    public boolean isNull() {
        return mailbox.isEmpty();
    }
}
