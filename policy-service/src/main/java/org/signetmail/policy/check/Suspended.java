package org.signetmail.policy.check;

import java.util.Optional;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.originator.Allowance;
import org.signetmail.policy.originator.Mode;

/**
 * An account that was suspended, disabled or deleted while it was signed in sends nothing more, whatever the mode; nor
 * does a client whose application password was revoked or has expired.
 */
public final class Suspended implements Check {
    @Override
    public String name() {
        return "suspended";
    }

    @Override
    public Answer answer(Facts facts, Allowance allowance) {
        return switch (allowance.state()) {
            case ENABLED -> enabled(allowance);
            case SUSPENDED ->
                violation(
                        "The account is suspended: " + allowance.suspendedFor().orElse("no reason was given"));
            case DISABLED -> violation("The account is disabled");
            case ABSENT -> violation("The account is not in the directory");
        };
    }

    private static Answer enabled(Allowance allowance) {
        if (allowance.credentialRevoked()) {
            return violation("The application password of this sign-in was revoked");
        }
        return allowance.credentialExpired()
                ? violation("The application password of this sign-in has expired")
                : new Pass("The account is enabled");
    }

    @Override
    public Mode under(Mode ofTheAccount) {
        return Mode.ENFORCE;
    }

    private static Violation violation(String words) {
        return new Violation(Reason.SUSPENDED, Envelope.FIELD, Optional.empty(), words);
    }
}
