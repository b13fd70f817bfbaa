package org.signetmail.edge.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.archive.Archive;
import org.signetmail.edge.auth.AccountLimits;
import org.signetmail.edge.command.MailParameters;
import org.signetmail.edge.content.StoredMessage;
import org.signetmail.edge.event.NotAcknowledged;
import org.signetmail.edge.policy.SubmissionEvent;
import org.signetmail.edge.policy.VerdictEvent;
import org.signetmail.edge.policy.VerdictEvent.Outcome;
import org.signetmail.edge.policy.VerdictEvent.Reason;
import org.signetmail.edge.policy.VerdictEvent.Violation;
import org.signetmail.edge.policy.Verdicts;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;
import org.signetmail.edge.session.Submission;
import org.signetmail.edge.session.Transaction;
import org.signetmail.edge.trace.Traces;

/** From the end of the content to the reply: nothing is promised before it is durable, what cannot be checked is 451. */
class MessageIntakeTest {
    private static final Violation FORGED =
            new Violation(Reason.FROM, "From", Optional.of("ceo@example.test"), Optional.empty());
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-15T10:00:00Z"), ZoneOffset.UTC);

    private final FakeVerdicts verdicts = new FakeVerdicts();
    private final FakeConsequences consequences = new FakeConsequences();
    private final Probes probes = new Probes();

    @Test
    void acceptedIsRelayedThenAnswered() {
        verdicts.answer = Optional.of(verdict(Outcome.ACCEPT, Optional.empty()));
        Answer answer = intake(Optional.empty()).take(submission("From: alice@example.test\r\n\r\nHi\r\n"));
        assertEquals(250, answer.reply().code());
        assertEquals(List.of("relay"), consequences.done);
        assertEquals(
                List.of("alice@example.test"),
                verdicts.asked.getFirst().header().orElseThrow().from());
        assertEquals(CLOCK.instant().plusSeconds(10), verdicts.asked.getFirst().answerBy());
    }

    @Test
    void forgedIsRecordedThenRefused() {
        verdicts.answer = Optional.of(verdict(Outcome.REJECT, Optional.of(FORGED)));
        Answer answer = intake(Optional.empty()).take(submission("From: ceo@example.test\r\n\r\nHi\r\n"));
        assertEquals(Answer.of(Replies.ORIGINATOR_REFUSED), answer);
        assertEquals(List.of("record enforced"), consequences.done);
    }

    @Test
    void modeReportIsRecordedBeforeItIsRelayed() {
        verdicts.answer = Optional.of(verdict(Outcome.ACCEPT, Optional.of(FORGED)));
        Answer answer = intake(Optional.empty()).take(submission("From: ceo@example.test\r\n\r\nHi\r\n"));
        assertEquals(250, answer.reply().code());
        assertEquals(List.of("record unenforced", "relay"), consequences.done);
    }

    /** Only what the verdict has proved may be signed for. */
    @Test
    void theDomainsOfFromAreProvedByAVerdictWithoutViolation() {
        var message =
                "From: Alice <alice@Example.TEST>, j@xn--bcher-kva.example\r\nSender: alice@example.test\r\n\r\nHi\r\n";
        verdicts.answer = Optional.of(verdict(Outcome.ACCEPT, Optional.empty()));
        intake(Optional.empty()).take(submission(message));
        assertEquals(List.of("example.test", "xn--bcher-kva.example"), consequences.proved);
        verdicts.answer = Optional.of(verdict(Outcome.ACCEPT, Optional.of(FORGED)));
        intake(Optional.empty()).take(submission(message));
        assertEquals(List.of(), consequences.proved);
    }

    @Test
    void modeOffProvesNothing() {
        assertTrue(verdict(Outcome.ACCEPT, Optional.empty()).provesOriginators());
        assertFalse(verdict(Outcome.REJECT, Optional.empty()).provesOriginators());
        assertFalse(verdict("off", Outcome.ACCEPT, Optional.empty()).provesOriginators());
    }

    @Test
    void formReadsWhatIsWrong() {
        var twoFrom = new Violation(Reason.FORM, "From", Optional.empty(), Optional.of("Two From fields"));
        verdicts.answer = Optional.of(verdict(Outcome.REJECT, Optional.of(twoFrom)));
        Answer answer = intake(Optional.empty()).take(submission("From: a@b.example\r\nFrom: a@b.example\r\n\r\n"));
        assertEquals(List.of("Two From fields"), answer.reply().text());
        assertEquals(
                "Two From fields",
                verdicts.asked.getFirst().malformed().orElseThrow().detail());
    }

    @Test
    void noVerdictIsDeferred() {
        verdicts.answer = Optional.empty();
        assertEquals(
                Answer.of(Replies.TRY_AGAIN), intake(Optional.empty()).take(submission("From: a@b.example\r\n\r\n")));
        assertTrue(consequences.done.isEmpty());
    }

    @Test
    void policyThatCannotTellDefers() {
        verdicts.answer = Optional.of(verdict(Outcome.DEFER, Optional.empty()));
        assertEquals(
                Answer.of(Replies.TRY_AGAIN), intake(Optional.empty()).take(submission("From: a@b.example\r\n\r\n")));
        assertTrue(consequences.done.isEmpty());
    }

    @Test
    void whatIsNotDurableIsDeferred() {
        consequences.fail = true;
        verdicts.answer = Optional.of(verdict(Outcome.ACCEPT, Optional.empty()));
        assertEquals(
                Answer.of(Replies.TRY_AGAIN), intake(Optional.empty()).take(submission("From: a@b.example\r\n\r\n")));
        verdicts.answer = Optional.of(verdict(Outcome.REJECT, Optional.of(FORGED)));
        assertEquals(
                Answer.of(Replies.TRY_AGAIN), intake(Optional.empty()).take(submission("From: a@b.example\r\n\r\n")));
    }

    @Test
    void controlCharactersCloseWithoutAQuestion() {
        Answer answer = intake(Optional.empty()).take(submission("From: a@b.example\r\nSubject: \u0007\r\n\r\n"));
        assertEquals(554, answer.reply().code());
        assertTrue(answer.close());
        assertTrue(verdicts.asked.isEmpty());
    }

    @Test
    void aCopyIsKeptBeforeTheQuestion(@TempDir Path directory) throws Exception {
        verdicts.answer = Optional.of(verdict(Outcome.REJECT, Optional.of(FORGED)));
        String content = "From: ceo@example.test\r\n\r\nHi\r\n";
        assertFalse(intake(Optional.of(new Archive(directory)))
                .take(submission(content))
                .close());
        assertEquals(content, Files.readString(consequences.copy.orElseThrow()));
    }

    @Test
    void anArchiveThatCannotBeWrittenDefers(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("not-a-directory"));
        verdicts.answer = Optional.of(verdict(Outcome.ACCEPT, Optional.empty()));
        Answer answer = intake(Optional.of(new Archive(file))).take(submission("From: a@b.example\r\n\r\n"));
        assertEquals(Answer.of(Replies.TRY_AGAIN), answer);
        assertTrue(verdicts.asked.isEmpty());
    }

    /** Only this edge's own forgeries are marked, and only while they are under way. */
    @Test
    void aProbeIsMarkedInTheQuestion() {
        verdicts.answer = Optional.of(verdict(Outcome.REJECT, Optional.of(FORGED)));
        String copied;
        try (Probes.Probe probe = probes.begin()) {
            copied = "From: ceo@example.test\r\n" + probe.field() + "\r\n\r\nHi\r\n";
            assertEquals(
                    Answer.of(Replies.ORIGINATOR_REFUSED),
                    intake(Optional.empty()).take(submission(copied)));
            intake(Optional.empty()).take(submission("From: ceo@example.test\r\nSignet-Canary: guessed\r\n\r\nHi\r\n"));
        }
        intake(Optional.empty()).take(submission(copied));
        assertEquals(
                List.of(Optional.of(true), Optional.empty(), Optional.empty()),
                verdicts.asked.stream().map(SubmissionEvent::canary).toList());
    }

    private MessageIntake intake(Optional<Archive> archive) {
        return new MessageIntake(
                archive,
                verdicts,
                consequences,
                probes,
                new EdgeMetrics(new SimpleMeterRegistry()),
                Traces.none(),
                CLOCK);
    }

    private static Submission submission(String content) {
        var transaction = new Transaction(
                org.signetmail.edge.command.Path.NULL,
                MailParameters.NONE,
                Optional.empty(),
                List.of(),
                false,
                Instant.EPOCH);
        return new Submission(
                "alice",
                Optional.of("phone"),
                AccountLimits.NONE,
                "client.example",
                true,
                InetAddress.getLoopbackAddress(),
                Optional.empty(),
                transaction,
                StoredMessage.of(content.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static VerdictEvent verdict(Outcome outcome, Optional<Violation> violation) {
        return verdict("enforce", outcome, violation);
    }

    private static VerdictEvent verdict(String mode, Outcome outcome, Optional<Violation> violation) {
        return new VerdictEvent(
                "id",
                "alice",
                CLOCK.instant(),
                outcome,
                Optional.of(mode),
                violation,
                OptionalLong.of(1),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static final class FakeVerdicts implements Verdicts {
        private final List<SubmissionEvent> asked = new ArrayList<>();
        private Optional<VerdictEvent> answer = Optional.empty();

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Optional<VerdictEvent> ask(SubmissionEvent submission, String traceparent) {
            asked.add(submission);
            return answer;
        }
    }

    private static final class FakeConsequences implements Consequences {
        private final List<String> done = new ArrayList<>();
        private List<String> proved = List.of();
        private Optional<Path> copy = Optional.empty();
        private boolean fail;

        @Override
        public void relay(ReceivedMessage message, VerdictEvent verdict) throws NotAcknowledged {
            failOnDemand();
            proved = message.provedDomains(verdict);
            done.add("relay");
        }

        @Override
        public void record(ReceivedMessage message, VerdictEvent verdict, Violation violation, Optional<Path> archived)
                throws NotAcknowledged {
            failOnDemand();
            copy = archived;
            done.add(verdict.outcome() == Outcome.REJECT ? "record enforced" : "record unenforced");
        }

        private void failOnDemand() throws NotAcknowledged {
            if (fail) {
                throw new NotAcknowledged("on demand", new IllegalStateException("Kafka is away"));
            }
        }
    }
}
