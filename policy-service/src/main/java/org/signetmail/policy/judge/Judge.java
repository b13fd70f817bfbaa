package org.signetmail.policy.judge;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.signetmail.policy.check.Answer.CannotTell;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.check.Check;
import org.signetmail.policy.check.DisplayName;
import org.signetmail.policy.check.DisplayNameAddress;
import org.signetmail.policy.check.Envelope;
import org.signetmail.policy.check.Facts;
import org.signetmail.policy.check.Form;
import org.signetmail.policy.check.From;
import org.signetmail.policy.check.Resent;
import org.signetmail.policy.check.Sender;
import org.signetmail.policy.check.Suspended;
import org.signetmail.policy.judge.Verdict.Accept;
import org.signetmail.policy.judge.Verdict.Defer;
import org.signetmail.policy.judge.Verdict.Overlook;
import org.signetmail.policy.judge.Verdict.Reject;
import org.signetmail.policy.judge.Verdict.Tolerate;
import org.signetmail.policy.originator.Allowance;
import org.signetmail.policy.originator.Lookup;
import org.signetmail.policy.originator.Lookup.Absent;
import org.signetmail.policy.originator.Lookup.Found;
import org.signetmail.policy.originator.Lookup.Unavailable;
import org.signetmail.policy.originator.Mode;
import org.signetmail.policy.originator.Originators;

/** Facts in, verdict out. The first rule that does not pass decides; a new rule is added to {@link #checks}. */
public final class Judge {
    private final List<Check> checks;

    public Judge(DisplayNameAddress displayNameAddress) {
        checks = List.of(
                new Suspended(),
                new Form(),
                new Envelope(),
                new From(),
                new Sender(),
                new Resent(),
                new DisplayName(displayNameAddress)); // last, as it may refuse less than the others
    }

    public Verdict judge(String account, Facts facts, Lookup lookup, Instant now) {
        return switch (lookup) {
            case Found(Originators originators) -> judge(facts, originators, now);
            case Absent _ -> judge(facts, Originators.absent(account), now);
            case Unavailable(String why) -> new Defer(why);
        };
    }

    public Verdict judge(Facts facts, Originators originators, Instant now) {
        var allowance = new Allowance(originators, facts.signIn(), now);
        var standing = new Standing(
                originators.mode(), originators.version(), originators.primaryAddress(), allowance.listed());
        Optional<Violation> overlooked = Optional.empty();
        for (Check check : checks) {
            Mode mode = check.under(originators.mode());
            switch (check.answer(facts, allowance)) {
                case Pass _ -> {}
                case CannotTell(String words) -> {
                    if (mode != Mode.OFF) {
                        return new Defer(words);
                    }
                }
                case Violation violation -> {
                    switch (mode) {
                        case ENFORCE -> {
                            return new Reject(
                                    standing,
                                    violation,
                                    looksLike(violation, standing, originators),
                                    findings(facts, allowance));
                        }
                        case REPORT -> {
                            return new Tolerate(
                                    standing,
                                    violation,
                                    looksLike(violation, standing, originators),
                                    findings(facts, allowance));
                        }
                        case OFF -> overlooked = overlooked.or(() -> Optional.of(violation));
                    }
                }
            }
        }
        return overlooked
                .<Verdict>map(violation -> new Overlook(standing, violation))
                .orElseGet(() -> new Accept(standing));
    }

    /** What every rule answers, whatever the mode and the other rules. */
    public List<Finding> findings(Facts facts, Originators originators, Instant now) {
        return findings(facts, new Allowance(originators, facts.signIn(), now));
    }

    private List<Finding> findings(Facts facts, Allowance allowance) {
        return checks.stream()
                .map(check -> new Finding(check.name(), check.answer(facts, allowance)))
                .toList();
    }

    private static Optional<String> looksLike(Violation violation, Standing standing, Originators originators) {
        return violation.address().flatMap(address -> LookAlike.of(address, standing.allowed(), originators));
    }
}
