package org.signetmail.edge.submission;

import java.util.List;
import java.util.Optional;

/**
 * Who a message claims to be from. Addresses are {@code local-part@domain} as written, the local part unquoted: the last
 * {@code @} separates. Resent addresses are those of every block, top first.
 *
 * @param displayNameAddresses what reads like an address inside display names and comments of From and Sender
 */
public record Originators(
        List<String> from,
        Optional<String> sender,
        List<String> resentFrom,
        List<String> resentSender,
        List<String> displayNameAddresses) {

    public Originators {
        from = List.copyOf(from);
        resentFrom = List.copyOf(resentFrom);
        resentSender = List.copyOf(resentSender);
        displayNameAddresses = List.copyOf(displayNameAddresses);
    }
}
