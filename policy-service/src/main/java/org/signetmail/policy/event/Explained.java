package org.signetmail.policy.event;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.signetmail.policy.check.Answer.CannotTell;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.judge.Finding;

/**
 * Why a submission was refused, as it was judged then. It goes with the verdict to the record of incidents.
 *
 * @param rules what each rule answered by itself; the first that did not pass decided
 * @param question what {@code POST /api/v1/explanations} takes, to ask how it would be judged now
 */
public record Explained(List<Rule> rules, Optional<ExplanationRequest> question) {
    static Explained of(Submission submission, List<Finding> findings) {
        return new Explained(findings.stream().map(Rule::of).toList(), ExplanationRequest.of(submission));
    }

    /** @param address the offending one */
    public record Rule(
            @Schema(enumeration = {"suspended", "form", "envelope", "from", "sender", "resent", "display-name"})
            String rule,

            @Schema(enumeration = {"pass", "violation", "cannot-tell"})
            String outcome,

            Optional<String> address,
            String words) {
        public static Rule of(Finding finding) {
            return switch (finding.answer()) {
                case Pass(String words) -> new Rule(finding.rule(), "pass", Optional.empty(), words);
                case Violation violation ->
                    new Rule(finding.rule(), "violation", violation.address(), violation.words());
                case CannotTell(String words) -> new Rule(finding.rule(), "cannot-tell", Optional.empty(), words);
            };
        }
    }
}
