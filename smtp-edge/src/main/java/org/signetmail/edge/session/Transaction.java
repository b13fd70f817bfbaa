package org.signetmail.edge.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.edge.command.Command;
import org.signetmail.edge.command.MailParameters;
import org.signetmail.edge.command.Path;

/**
 * A mail transaction under way, RFC 5321 section 3.3: the envelope.
 *
 * @param holdUntil not to be delivered before (RFC 4865)
 * @param chunk whether its content has begun, with BDAT (RFC 3030)
 * @param openedAt when MAIL was accepted
 */
public record Transaction(
        Path reversePath,
        MailParameters parameters,
        Optional<Instant> holdUntil,
        List<Command.Rcpt> recipients,
        boolean chunk,
        Instant openedAt) {
    public Transaction {
        recipients = List.copyOf(recipients);
    }

    static Transaction of(Command.Mail mail, Optional<Instant> holdUntil, Instant now) {
        return new Transaction(mail.reversePath(), mail.parameters(), holdUntil, List.of(), false, now);
    }

    public boolean smtputf8() {
        return parameters.smtputf8();
    }

    public List<Path> forwardPaths() {
        return recipients.stream().map(Command.Rcpt::forwardPath).toList();
    }

    Transaction plus(Command.Rcpt recipient) {
        var more = new ArrayList<>(recipients);
        more.add(recipient);
        return new Transaction(reversePath, parameters, holdUntil, more, chunk, openedAt);
    }

    Transaction afterChunk() {
        return new Transaction(reversePath, parameters, holdUntil, recipients, true, openedAt);
    }
}
