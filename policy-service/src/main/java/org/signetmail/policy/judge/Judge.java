package org.signetmail.policy.judge;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.signetmail.policy.check.Answer.CannotTell;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.check.Check;
import org.signetmail.policy.check.Envelope;
import org.signetmail.policy.check.Facts;
import org.signetmail.policy.check.Form;
import org.signetmail.policy.check.From;
import org.signetmail.policy.check.Resent;
import org.signetmail.policy.check.Sender;
import org.signetmail.policy.check.Suspended;
import org.signetmail.policy.judge.Verdict.Accept;
import org.signetmail.policy.judge.Verdict.Defer;
import org.signetmail.policy.judge.Verdict.Reject;
import org.signetmail.policy.judge.Verdict.Tolerate;
import org.signetmail.policy.originator.Allowance;
import org.signetmail.policy.originator.Lookup;
import org.signetmail.policy.originator.Lookup.Absent;
import org.signetmail.policy.originator.Lookup.Found;
import org.signetmail.policy.originator.Lookup.Unavailable;
import org.signetmail.policy.originator.Mode;
import org.signetmail.policy.originator.Originators;

/** Facts in, verdict out. The first rule that does not pass decides; a new rule is added to {@link #CHECKS}. */
public final class Judge {
    private static final List<Check> CHECKS =
            List.of(new Suspended(), new Form(), new Envelope(), new From(), new Sender(), new Resent());

    private Judge() {}

    public static Verdict judge(String account, Facts facts, Lookup lookup, Instant now) {
        return switch (lookup) {
            case Found(Originators originators) -> judge(facts, originators, now);
            case Absent _ -> judge(facts, Originators.absent(account), now);
            case Unavailable(String why) -> new Defer(why);
        };
    }

    public static Verdict judge(Facts facts, Originators originators, Instant now) {
        var allowance = new Allowance(originators, now);
        var standing = new Standing(
                originators.mode(), originators.version(), originators.primaryAddress(), allowance.listed());
        for (Check check : CHECKS) {
            if (originators.mode() == Mode.OFF && !check.standsInEveryMode()) {
                continue;
            }
            switch (check.answer(facts, allowance)) {
                case Pass _ -> {}
                case CannotTell(String words) -> {
                    return new Defer(words);
                }
                case Violation violation -> {
                    return broken(check, violation, originators, standing);
                }
            }
        }
        return new Accept(standing);
    }

    /** What every rule answers, whatever the mode and the other rules. */
    public static List<Finding> findings(Facts facts, Originators originators, Instant now) {
        var allowance = new Allowance(originators, now);
        return CHECKS.stream()
                .map(check -> new Finding(check.name(), check.answer(facts, allowance)))
                .toList();
    }

    private static Verdict broken(Check check, Violation violation, Originators originators, Standing standing) {
        Optional<String> looksLike =
                violation.address().flatMap(address -> LookAlike.of(address, standing.allowed(), originators));
        return originators.mode() == Mode.REPORT && !check.standsInEveryMode()
                ? new Tolerate(standing, violation, looksLike)
                : new Reject(standing, violation, looksLike);
    }
}
