package org.signetmail.policy.check;

import java.util.Optional;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.check.Facts.Header;
import org.signetmail.policy.originator.Allowance;

/** Every address in From is the account's, or one on behalf of which it sends with a Sender of its own. */
public final class From implements HeaderCheck {
    static final String FIELD = "From";

    @Override
    public String name() {
        return "from";
    }

    @Override
    public Answer answer(Header header, Allowance allowance) {
        boolean namesSender = header.sender().flatMap(allowance::own).isPresent();
        for (String address : header.from()) {
            if (allowance.own(address).isPresent()) {
                continue;
            }
            if (allowance.onBehalf(address).isEmpty()) {
                return Violation.notAllowed(Reason.FROM, FIELD, address, allowance);
            }
            if (!namesSender) {
                return new Violation(
                        Reason.FROM,
                        FIELD,
                        Optional.of(address),
                        "The account may send on behalf of this address only with a Sender of its own");
            }
        }
        return new Pass("The account may use every address in From");
    }
}
