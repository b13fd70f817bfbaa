package org.signetmail.policy.check;

import java.util.List;
import java.util.Optional;

/**
 * What a submission says about its originators. Addresses have their local part unquoted; the last @ separates.
 *
 * @param mailFrom reverse-path, empty for the null sender
 */
public record Facts(String mailFrom, Content content) {
    /** What the edge made of the header. */
    public sealed interface Content {}

    /** A header that parsed strictly: one From, at most one Sender, the Resent- fields of every block. */
    public record Header(List<String> from, Optional<String> sender, List<String> resentFrom, List<String> resentSender)
            implements Content {}

    /** A header that did not parse. */
    public record Malformed(String field, String detail) implements Content {}

    /** The event has neither of them, or both. */
    public record Unread() implements Content {}
}
