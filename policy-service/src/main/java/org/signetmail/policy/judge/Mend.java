package org.signetmail.policy.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.check.Facts;
import org.signetmail.policy.judge.Verdict.Accept;
import org.signetmail.policy.judge.Verdict.Defer;
import org.signetmail.policy.judge.Verdict.Overlook;
import org.signetmail.policy.judge.Verdict.Reject;
import org.signetmail.policy.judge.Verdict.Tolerate;
import org.signetmail.policy.originator.AllowedAddress;
import org.signetmail.policy.originator.Originators;
import org.signetmail.policy.originator.Source;
import org.signetmail.policy.originator.Use;

/**
 * What would have to be granted for a submission to be accepted. Found by asking the judge: what it refuses is given as
 * send-as, until it refuses nothing more, or the same again.
 *
 * @param refusals each reason for refusing it, in the order in which granting uncovers them
 * @param addresses what to grant as send-as
 * @param suffices whether it would then be accepted; not so for a malformed header or a suspended account
 */
public record Mend(List<Violation> refusals, Set<String> addresses, boolean suffices) {
    private static final int MOST_ADDRESSES = 20;

    public static Mend of(Judge judge, Facts facts, Originators originators, Instant now) {
        var refusals = new ArrayList<Violation>();
        var granted = new LinkedHashSet<String>();
        Originators mended = originators;
        while (granted.size() < MOST_ADDRESSES) {
            Optional<Violation> refusal = refusal(judge.judge(facts, mended, now));
            if (refusal.isEmpty()) {
                return new Mend(refusals, granted, true);
            }
            Optional<String> address = refusal.get().address();
            if (address.filter(granted::contains).isPresent()) {
                granted.remove(address.get()); // a grant of it does not help
                return new Mend(refusals, granted, false);
            }
            refusals.add(refusal.get());
            if (address.isEmpty()) {
                return new Mend(refusals, granted, false);
            }
            granted.add(address.get());
            mended = mended.with(List.of(AllowedAddress.unbound(address.get(), Use.SEND_AS, Source.GRANT)));
        }
        return new Mend(refusals, granted, false);
    }

    private static Optional<Violation> refusal(Verdict verdict) {
        return switch (verdict) {
            case Reject reject -> Optional.of(reject.violation());
            case Accept _, Tolerate _, Overlook _, Defer _ -> Optional.empty();
        };
    }
}
