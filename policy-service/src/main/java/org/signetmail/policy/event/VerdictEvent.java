package org.signetmail.policy.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.signetmail.policy.check.Answer;
import org.signetmail.policy.judge.Standing;
import org.signetmail.policy.judge.Summary;
import org.signetmail.policy.judge.Verdict;

/**
 * {@code verdict.v1}: the answer to a submission. An accept with a violation is what mode report lets pass.
 *
 * @param directoryVersion absent with defer; 0 when the directory has no such account
 * @param detail with defer: what could not be checked
 * @param explanation with a violation
 */
public record VerdictEvent(
        String submissionId,
        String account,
        Instant judgedAt,
        String outcome,
        Optional<String> mode,
        Optional<Violation> violation,
        Optional<Long> directoryVersion,
        Optional<String> primaryAddress,
        List<String> allowed,
        Optional<String> detail,
        Optional<Explained> explanation) {

    public static VerdictEvent of(Submission submission, Verdict verdict, Instant judgedAt) {
        Summary summary = Summary.of(verdict);
        return new VerdictEvent(
                submission.submissionId(),
                submission.account(),
                judgedAt,
                summary.outcome(),
                summary.standing().map(standing -> standing.mode().word()),
                summary.violation().map(Violation::of),
                summary.standing().map(Standing::directoryVersion),
                summary.standing().flatMap(Standing::primaryAddress),
                summary.standing().map(Standing::allowed).orElse(List.of()),
                summary.deferredFor(),
                summary.violation().map(_ -> Explained.of(submission, summary.findings())));
    }

    /** @param detail what is wrong, when the address does not say it */
    public record Violation(String reason, String field, Optional<String> address, Optional<String> detail) {
        public static Violation of(Answer.Violation violation) {
            return new Violation(violation.reason().word(), violation.field(), violation.address(), violation.detail());
        }
    }
}
