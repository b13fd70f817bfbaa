package org.signetmail.edge.intake;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.signetmail.edge.command.Command;
import org.signetmail.edge.command.Path;
import org.signetmail.edge.command.RcptParameters;
import org.signetmail.edge.event.DeliveryParameters;
import org.signetmail.edge.event.DomainName;
import org.signetmail.edge.event.OutboundContent;
import org.signetmail.edge.policy.ClientFacts;
import org.signetmail.edge.policy.SubmissionEvent;
import org.signetmail.edge.policy.SubmissionEvent.Malformation;
import org.signetmail.edge.policy.VerdictEvent;
import org.signetmail.edge.session.Submission;
import org.signetmail.edge.session.Transaction;
import org.signetmail.edge.submission.Additions;
import org.signetmail.edge.submission.Header;
import org.signetmail.edge.submission.HeaderReader;
import org.signetmail.edge.submission.Trace;

/**
 * A submission with the names it goes by from here on.
 *
 * @param id submission id; incident id as well, should it be refused
 * @param block the header block, as {@link Header} was read from it
 * @param traceparent W3C trace context whose trace id is the submission id
 */
public record ReceivedMessage(
        UUID id, String traceparent, Instant receivedAt, Submission submission, byte[] block, Header header) {
    private static final int MAX_HEADER_OCTETS = 256 * 1024; // deploy/contract/schemas/rejection.v1

    /** The question to policy-service. */
    SubmissionEvent question(Instant answerBy, Optional<Boolean> canary) {
        return new SubmissionEvent(
                id.toString(),
                submission.account(),
                submission.credential(),
                receivedAt,
                answerBy,
                client(),
                submission.transaction().reversePath().address(),
                recipients(),
                submission.content().size(),
                header instanceof Header.Parsed parsed ? Optional.of(parsed.originators()) : Optional.empty(),
                header instanceof Header.Malformed malformed
                        ? Optional.of(new Malformation(malformed.field(), malformed.detail()))
                        : Optional.empty(),
                canary);
    }

    ClientFacts client() {
        return new ClientFacts(submission.client().getHostAddress(), submission.helo(), submission.tls());
    }

    List<String> recipients() {
        return submission.transaction().forwardPaths().stream()
                .map(Path::address)
                .toList();
    }

    /** The content as the relay gets it, with what a submission server adds. */
    OutboundContent completed(String serverName) {
        var trace = new Trace(
                submission.helo(),
                submission.client(),
                serverName,
                submission.esmtp(),
                submission.transaction().smtputf8(),
                submission.tls().isPresent(),
                true,
                id.toString(),
                receivedAt);
        return new CompletedContent(Additions.to(block, header, trace), submission.content());
    }

    /** Domains that the message is from, by this verdict; one that the DNS cannot have is left out. */
    List<String> provedDomains(VerdictEvent verdict) {
        return verdict.provesOriginators() && header instanceof Header.Parsed parsed
                ? parsed.originators().from().stream()
                        .flatMap(address -> DomainName.ofAddress(address).stream())
                        .distinct()
                        .toList()
                : List.of();
    }

    /** What the client asked of the delivery. */
    DeliveryParameters deliveryParameters() {
        Transaction transaction = submission.transaction();
        var recipients = new HashMap<String, RcptParameters>();
        for (Command.Rcpt recipient : transaction.recipients()) {
            if (!recipient.parameters().equals(RcptParameters.NONE)) {
                recipients.putIfAbsent(recipient.forwardPath().address(), recipient.parameters());
            }
        }
        return new DeliveryParameters(
                transaction.parameters().ret(),
                transaction.parameters().envid(),
                recipients,
                transaction.parameters().requireTls(),
                transaction.holdUntil());
    }

    /** Whether envelope or header has text beyond ASCII (RFC 6531 3.6); many clients announce SMTPUTF8 always. */
    boolean needsSmtputf8() {
        Transaction transaction = submission.transaction();
        return transaction.smtputf8()
                && (hasTextBeyondAscii(transaction.reversePath())
                        || transaction.forwardPaths().stream().anyMatch(ReceivedMessage::hasTextBeyondAscii)
                        || headerHasOctetsBeyondAscii());
    }

    private static boolean hasTextBeyondAscii(Path path) {
        return path.address().chars().anyMatch(c -> c > 127);
    }

    private boolean headerHasOctetsBeyondAscii() {
        return IntStream.range(0, HeaderReader.headerLength(block)).anyMatch(i -> block[i] < 0);
    }

    /** The header block without the empty line behind it, as far as an event has room for it. */
    byte[] headerBlock() {
        return Arrays.copyOf(block, Math.min(HeaderReader.headerLength(block), MAX_HEADER_OCTETS));
    }
}
