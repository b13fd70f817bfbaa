package org.signetmail.policy.judge;

import java.util.List;
import java.util.Optional;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.judge.Verdict.Accept;
import org.signetmail.policy.judge.Verdict.Defer;
import org.signetmail.policy.judge.Verdict.Overlook;
import org.signetmail.policy.judge.Verdict.Reject;
import org.signetmail.policy.judge.Verdict.Tolerate;

/**
 * A verdict as events and REST write it.
 *
 * @param outcome accept, reject or defer; an accept with a violation is what mode report lets pass
 * @param standing empty with defer
 * @param findings what every rule answers, with a violation
 * @param deferredFor with defer: what could not be checked
 */
public record Summary(
        String outcome,
        Optional<Standing> standing,
        Optional<Violation> violation,
        List<Finding> findings,
        Optional<String> deferredFor) {
    private static final String ACCEPT = "accept";
    private static final String REJECT = "reject";
    private static final String DEFER = "defer";

    public static Summary of(Verdict verdict) {
        return switch (verdict) {
            case Accept accept -> judged(ACCEPT, accept.standing(), Optional.empty(), List.of());
            case Tolerate tolerate ->
                judged(ACCEPT, tolerate.standing(), Optional.of(tolerate.violation()), tolerate.findings());
            case Overlook overlook -> judged(ACCEPT, overlook.standing(), Optional.empty(), List.of());
            case Reject reject -> judged(REJECT, reject.standing(), Optional.of(reject.violation()), reject.findings());
            case Defer defer ->
                new Summary(DEFER, Optional.empty(), Optional.empty(), List.of(), Optional.of(defer.what()));
        };
    }

    private static Summary judged(
            String outcome, Standing standing, Optional<Violation> violation, List<Finding> findings) {
        return new Summary(outcome, Optional.of(standing), violation, findings, Optional.empty());
    }
}
