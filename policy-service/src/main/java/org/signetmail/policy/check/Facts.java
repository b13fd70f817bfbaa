package org.signetmail.policy.check;

import java.util.List;
import java.util.Optional;
import org.signetmail.policy.originator.SignIn;

/**
 * What a submission says about its originators, and how its sender signed in. Addresses have their local part unquoted;
 * the last @ separates.
 *
 * @param mailFrom reverse-path, empty for the null sender
 */
public record Facts(SignIn signIn, String mailFrom, Content content) {
    /** What the edge made of the header. */
    public sealed interface Content {}

    /**
     * A header that parsed strictly: one From, at most one Sender, the Resent- fields of every block.
     *
     * @param displayNameAddresses what reads like an address in the display names of From and Sender
     */
    public record Header(
            List<String> from,
            Optional<String> sender,
            List<String> resentFrom,
            List<String> resentSender,
            List<String> displayNameAddresses)
            implements Content {}

    /** A header that did not parse. */
    public record Malformed(String field, String detail) implements Content {}

    /** The event has neither of them, or both. */
    public record Unread() implements Content {}
}
