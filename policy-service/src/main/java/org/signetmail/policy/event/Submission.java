package org.signetmail.policy.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.signetmail.policy.check.Facts;
import org.signetmail.policy.check.Facts.Content;
import org.signetmail.policy.check.Facts.Unread;
import org.signetmail.policy.originator.SignIn;

/**
 * {@code submission.v1}: a message that waits for its verdict.
 *
 * @param credential id of the application password that the account signed in with; empty for its own password
 * @param answerBy after it the client has been answered 451, and a verdict has no effect
 * @param credential id of the application password with which the client signed in; absent with the account's own
 * @param mailFrom empty for the null sender
 * @param canary true for a forged message that an edge submits to itself: judged like any other, and nobody's doing
 */
public record Submission(
        String submissionId,
        String account,
        Optional<String> credential,
        Instant receivedAt,
        Instant answerBy,
        Optional<Client> client,
        String mailFrom,
        List<String> recipients,
        long size,
        Optional<Header> header,
        Optional<Malformed> malformed,
        Optional<Boolean> canary) {
    public Submission {
        Required.field(submissionId, "submissionId");
        Required.field(account, "account");
        Required.field(answerBy, "answerBy");
        if (mailFrom == null) {
            throw new IllegalArgumentException("No mailFrom");
        }
        recipients = Required.list(recipients);
    }

    /** Whether an edge submitted this to itself, to see that it is refused: nobody is to be counted as its sender. */
    public boolean fromCanary() {
        return canary.orElse(false);
    }

    public Facts facts() {
        Content content = new Unread();
        if (header.isPresent() && malformed.isEmpty()) {
            content = header.get().facts();
        } else if (malformed.isPresent() && header.isEmpty()) {
            content =
                    new Facts.Malformed(malformed.get().field(), malformed.get().detail());
        }
        return new Facts(SignIn.of(client.map(Client::address), credential), mailFrom, content);
    }

    /** @param tls protocol version */
    public record Client(String address, String helo, Optional<String> tls) {}

    public record Header(
            List<String> from,
            Optional<String> sender,
            List<String> resentFrom,
            List<String> resentSender,
            List<String> displayNameAddresses) {
        public Header {
            from = Required.list(from);
            resentFrom = Required.list(resentFrom);
            resentSender = Required.list(resentSender);
            displayNameAddresses = Required.list(displayNameAddresses);
        }

        private Content facts() {
            return new Facts.Header(from, sender, resentFrom, resentSender, displayNameAddresses);
        }
    }

    public record Malformed(String field, String detail) {
        public Malformed {
            Required.field(field, "malformed.field");
            Required.field(detail, "malformed.detail");
        }
    }
}
