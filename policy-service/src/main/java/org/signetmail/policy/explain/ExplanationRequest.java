package org.signetmail.policy.explain;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.signetmail.policy.check.Facts;
import org.signetmail.policy.originator.SignIn;

/** The originators of a message that might be submitted; addresses with their local part unquoted. */
public record ExplanationRequest(
        @Schema(required = true, examples = "carol") String account,

        @Schema(description = "IP address of the submitting host; absent, it is in no network", examples = "192.0.2.10")
        Optional<String> client,

        @Schema(description = "Id of the application password of the sign-in; absent with the account's own")
        Optional<String> credential,

        @Schema(description = "Reverse-path; empty or absent for the null sender")
        Optional<String> mailFrom,

        List<String> from,
        Optional<String> sender,
        @Schema(description = "Resent-From of every block") List<String> resentFrom,

        @Schema(description = "Resent-Sender of every block")
        List<String> resentSender,

        @Schema(description = "What reads like an address in the display names of From and Sender")
        List<String> displayNameAddresses) {
    public ExplanationRequest {
        from = from == null ? List.of() : List.copyOf(from);
        resentFrom = resentFrom == null ? List.of() : List.copyOf(resentFrom);
        resentSender = resentSender == null ? List.of() : List.copyOf(resentSender);
        displayNameAddresses = displayNameAddresses == null ? List.of() : List.copyOf(displayNameAddresses);
    }

    Facts facts() {
        return new Facts(
                SignIn.of(client, credential),
                mailFrom.orElse(""),
                new Facts.Header(from, sender, resentFrom, resentSender, displayNameAddresses));
    }
}
