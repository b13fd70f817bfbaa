package org.signetmail.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.signetmail.edge.policy.SubmissionEvent;
import org.signetmail.edge.policy.VerdictEvent;
import org.signetmail.edge.policy.Verdicts;
import org.signetmail.policy.check.DisplayNameAddress;
import org.signetmail.policy.directory.OriginatorsAnswer;
import org.signetmail.policy.event.EventJson;
import org.signetmail.policy.event.Submission;
import org.signetmail.policy.judge.Judge;
import org.signetmail.policy.originator.Lookup;

/**
 * Policy-service's judge without Kafka and directory. Question and answer go through JSON as they do between the
 * services; the demo directory is src/test/resources/originators.
 */
final class JudgeInProcess implements Verdicts {
    private final Judge judge;

    JudgeInProcess(DisplayNameAddress displayNameAddress) {
        judge = new Judge(displayNameAddress);
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Optional<VerdictEvent> ask(SubmissionEvent question, String traceparent) {
        try {
            byte[] asked = org.signetmail.edge.event.EventJson.write(question);
            Submission submission = EventJson.read(asked, Submission.class);
            Instant now = Instant.now();
            var verdict = judge.judge(submission.account(), submission.facts(), lookUp(submission.account()), now);
            byte[] answered = EventJson.write(org.signetmail.policy.event.VerdictEvent.of(submission, verdict, now));
            return Optional.of(org.signetmail.edge.event.EventJson.MAPPER.readValue(answered, VerdictEvent.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Lookup lookUp(String account) throws IOException {
        try (InputStream in = JudgeInProcess.class.getResourceAsStream("/originators/" + account + ".json")) {
            return in == null
                    ? new Lookup.Absent()
                    : new Lookup.Found(EventJson.read(in.readAllBytes(), OriginatorsAnswer.class)
                            .toOriginators());
        }
    }
}
