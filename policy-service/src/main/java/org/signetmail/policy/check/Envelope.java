package org.signetmail.policy.check;

import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.originator.Allowance;

/** MAIL FROM is the null sender (RFC 5321 4.5.5) or an address of the account; the AUTH= parameter says nothing. */
public final class Envelope implements Check {
    static final String FIELD = "MAIL FROM";

    @Override
    public String name() {
        return "envelope";
    }

    @Override
    public Answer answer(Facts facts, Allowance allowance) {
        if (facts.mailFrom().isEmpty()) {
            return new Pass("The null sender is allowed");
        }
        return allowance.own(facts.mailFrom()).isPresent()
                ? new Pass("The account may use the address of MAIL FROM")
                : Violation.notAllowed(Reason.ENVELOPE, FIELD, facts.mailFrom(), allowance);
    }
}
