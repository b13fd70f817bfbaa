package org.signetmail.policy.event;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.signetmail.policy.check.Facts;
import org.signetmail.policy.check.Facts.Content;
import org.signetmail.policy.originator.SignIn;

/**
 * What is asked about a message that might be submitted, or that was: its originators, with their local part unquoted, and
 * how its sender signed in. Goes with a refusal, so that the same can be asked again.
 */
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
        List<String> displayNameAddresses,

        @Schema(description = "Why the header did not parse; then it has no originators")
        Optional<Submission.Malformed> malformed) {
    private static final int MOST_ORIGINATORS = 100;

    public ExplanationRequest {
        from = Required.list(from);
        resentFrom = Required.list(resentFrom);
        resentSender = Required.list(resentSender);
        displayNameAddresses = Required.list(displayNameAddresses);
    }

    /** Empty when it has too many originators to be kept, or none that are known. */
    static Optional<ExplanationRequest> of(Submission submission) {
        Optional<Submission.Header> header = submission.header();
        if (header.isEmpty() == submission.malformed().isEmpty()
                || header.filter(h -> originators(h) > MOST_ORIGINATORS).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new ExplanationRequest(
                submission.account(),
                submission.client().map(Submission.Client::address),
                submission.credential(),
                Optional.of(submission.mailFrom()),
                header.map(Submission.Header::from).orElse(List.of()),
                header.flatMap(Submission.Header::sender),
                header.map(Submission.Header::resentFrom).orElse(List.of()),
                header.map(Submission.Header::resentSender).orElse(List.of()),
                header.map(Submission.Header::displayNameAddresses).orElse(List.of()),
                submission.malformed()));
    }

    public Facts facts() {
        Content content = malformed
                .<Content>map(why -> new Facts.Malformed(why.field(), why.detail()))
                .orElseGet(() -> new Facts.Header(from, sender, resentFrom, resentSender, displayNameAddresses));
        return new Facts(SignIn.of(client, credential), mailFrom.orElse(""), content);
    }

    private static int originators(Submission.Header header) {
        return header.from().size()
                + header.resentFrom().size()
                + header.resentSender().size()
                + header.displayNameAddresses().size();
    }
}
