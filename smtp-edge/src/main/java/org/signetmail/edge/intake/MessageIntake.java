package org.signetmail.edge.intake;

import io.opentelemetry.api.trace.SpanKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.EdgeMetrics.MessageResult;
import org.signetmail.edge.archive.Archive;
import org.signetmail.edge.archive.ArchiveFailed;
import org.signetmail.edge.event.NotAcknowledged;
import org.signetmail.edge.policy.VerdictEvent;
import org.signetmail.edge.policy.VerdictEvent.Reason;
import org.signetmail.edge.policy.VerdictEvent.Violation;
import org.signetmail.edge.policy.Verdicts;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;
import org.signetmail.edge.session.Intake;
import org.signetmail.edge.session.Submission;
import org.signetmail.edge.submission.Header;
import org.signetmail.edge.submission.HeaderReader;
import org.signetmail.edge.trace.Step;
import org.signetmail.edge.trace.Traces;

/**
 * What happens to a message between the end of its content and its final reply: read its header, keep a copy, ask for
 * the verdict, make the consequence durable, answer. What cannot be done now is 451, and the client keeps the message.
 */
@ApplicationScoped
public class MessageIntake implements Intake {
    private static final Logger LOG = Logger.getLogger(MessageIntake.class);

    /** What is recorded when a policy-service of another version refuses without saying why. */
    private static final Violation UNEXPLAINED =
            new Violation(Reason.FORM, "header", Optional.empty(), Optional.of("Message was refused"));

    private final Optional<Archive> archive;
    private final Verdicts verdicts;
    private final Consequences consequences;
    private final Probes probes;
    private final EdgeMetrics metrics;
    private final Traces traces;
    private final Clock clock;

    public MessageIntake(
            Optional<Archive> archive,
            Verdicts verdicts,
            Consequences consequences,
            Probes probes,
            EdgeMetrics metrics,
            Traces traces,
            Clock clock) {
        this.archive = archive;
        this.verdicts = verdicts;
        this.consequences = consequences;
        this.probes = probes;
        this.metrics = metrics;
        this.traces = traces;
        this.clock = clock;
    }

    @Override
    public Answer take(Submission submission) {
        long contentEnded = System.nanoTime();
        UUID id = UUID.randomUUID();
        try (Step step = traces.begin(id, submission.transaction().openedAt())) {
            step.note("signet.message.octets", submission.content().size());
            Answer answer = answer(id, step.traceparent(), submission);
            metrics.answeredAfter(Duration.ofNanos(System.nanoTime() - contentEnded));
            step.note("signet.reply", answer.reply().code());
            return answer;
        }
    }

    private Answer answer(UUID id, String traceparent, Submission submission) {
        byte[] block = submission.content().header();
        Header header = HeaderReader.read(block, submission.transaction().smtputf8());
        return header instanceof Header.Malformed malformed && malformed.closesConnection()
                ? hangUp(malformed)
                : decide(new ReceivedMessage(id, traceparent, clock.instant(), submission, block, header));
    }

    private Answer hangUp(Header.Malformed malformed) {
        metrics.message(MessageResult.REFUSED_FORM);
        return new Answer(Replies.refused(malformed.detail()), true);
    }

    private Answer decide(ReceivedMessage message) {
        Optional<Path> copy;
        try {
            copy = keepCopy(message);
        } catch (ArchiveFailed e) {
            LOG.errorf("Submission %s deferred: %s", message.id(), e.getMessage());
            return defer(MessageResult.DEFERRED_ARCHIVE);
        }
        Instant answerBy = clock.instant().plus(verdicts.timeout());
        Optional<VerdictEvent> verdict;
        try (Step asking = traces.step("ask for the verdict", SpanKind.PRODUCER)) {
            verdict =
                    verdicts.ask(message.question(answerBy, probes.mark(message.headerBlock())), asking.traceparent());
            asking.note(
                    "signet.verdict",
                    verdict.map(answer -> answer.outcome().name()).orElse("none"));
        }
        if (verdict.isEmpty()) {
            LOG.warnf(
                    "Submission %s of %s deferred: no verdict",
                    message.id(), message.submission().account());
            return defer(MessageResult.DEFERRED_NO_VERDICT);
        }
        try (Step _ = traces.step("make durable", SpanKind.PRODUCER)) {
            return carryOut(verdict.get(), message, copy);
        } catch (NotAcknowledged e) {
            LOG.errorf("Submission %s deferred: %s", message.id(), e.getMessage());
            return defer(MessageResult.DEFERRED_NOT_DURABLE);
        }
    }

    private Optional<Path> keepCopy(ReceivedMessage message) throws ArchiveFailed {
        return archive.isPresent()
                ? Optional.of(archive.get().write(message.submission().content()))
                : Optional.empty();
    }

    private Answer carryOut(VerdictEvent verdict, ReceivedMessage message, Optional<Path> copy) throws NotAcknowledged {
        return switch (verdict.outcome()) {
            case ACCEPT -> {
                if (verdict.violation().isPresent()) { // mode report: on record before it is accepted
                    consequences.record(message, verdict, verdict.violation().get(), copy);
                }
                consequences.relay(message, verdict);
                metrics.message(verdict.violation().isPresent() ? MessageResult.REPORTED : MessageResult.ACCEPTED);
                yield Answer.of(Replies.accepted(message.id().toString()));
            }
            case REJECT -> {
                Violation violation = verdict.violation().orElse(UNEXPLAINED);
                consequences.record(message, verdict, violation, copy);
                yield refuse(violation);
            }
            case DEFER -> {
                LOG.warnf(
                        "Submission %s deferred: %s",
                        message.id(), verdict.detail().orElse("policy-service"));
                yield defer(MessageResult.DEFERRED_BY_POLICY);
            }
        };
    }

    private Answer refuse(Violation violation) {
        return switch (violation.reason()) {
            case ENVELOPE, FROM, SENDER, RESENT, DISPLAY_NAME -> {
                metrics.message(MessageResult.REFUSED_IDENTITY);
                yield Answer.of(Replies.ORIGINATOR_REFUSED);
            }
            case FORM -> {
                metrics.message(MessageResult.REFUSED_FORM);
                yield Answer.of(Replies.refused(violation.detail().orElse("Header cannot be read")));
            }
            case SUSPENDED -> {
                metrics.message(MessageResult.REFUSED_SUSPENDED);
                yield Answer.of(Replies.suspended(violation.detail().orElse("Account may not submit mail")));
            }
        };
    }

    private Answer defer(MessageResult result) {
        metrics.message(result);
        return Answer.of(Replies.TRY_AGAIN);
    }
}
