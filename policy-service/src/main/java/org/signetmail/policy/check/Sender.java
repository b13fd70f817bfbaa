package org.signetmail.policy.check;

import java.util.Optional;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.check.Facts.Header;
import org.signetmail.policy.originator.Allowance;

/** Sender is the account's; it must be there when From has several addresses (RFC 5322 3.6.2). */
public final class Sender implements HeaderCheck {
    static final String FIELD = "Sender";

    @Override
    public String name() {
        return "sender";
    }

    @Override
    public Answer answer(Header header, Allowance allowance) {
        if (header.sender().isPresent()) {
            String sender = header.sender().get();
            return allowance.own(sender).isPresent()
                    ? new Pass("The account may use the address of Sender")
                    : Violation.notAllowed(Reason.SENDER, FIELD, sender, allowance);
        }
        return header.from().size() > 1
                ? new Violation(Reason.SENDER, FIELD, Optional.empty(), "From has several addresses, but no Sender")
                : new Pass("No Sender is needed");
    }
}
