package org.signetmail.policy.check;

import java.util.Optional;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.originator.Allowance;
import org.signetmail.policy.originator.Mode;

/**
 * An account that was suspended, disabled or deleted while it was signed in sends nothing more, whatever the mode; nor
 * does a client whose application password was revoked.
 */
public final class Suspended implements Check {
    @Override
    public String name() {
        return "suspended";
    }

    @Override
    public Answer answer(Facts facts, Allowance allowance) {
        return switch (allowance.state()) {
            case ENABLED ->
                allowance.credentialRevoked()
                        ? violation("The application password of this sign-in was revoked")
                        : new Pass("The account is enabled");
            case SUSPENDED ->
                violation(
                        "The account is suspended: " + allowance.suspendedFor().orElse("no reason was given"));
            case DISABLED -> violation("The account is disabled");
            case ABSENT -> violation("The account is not in the directory");
        };
    }

    @Override
    public Mode under(Mode ofTheAccount) {
        return Mode.ENFORCE;
    }

    private static Violation violation(String words) {
        return new Violation(Reason.SUSPENDED, Envelope.FIELD, Optional.empty(), words);
    }
}
