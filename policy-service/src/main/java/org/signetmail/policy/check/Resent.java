package org.signetmail.policy.check;

import java.util.List;
import java.util.Optional;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.check.Facts.Header;
import org.signetmail.policy.originator.Allowance;

/** Resent-From and Resent-Sender of every block are the account's (RFC 5322 3.6.6). */
public final class Resent implements HeaderCheck {
    static final String FROM_FIELD = "Resent-From";
    static final String SENDER_FIELD = "Resent-Sender";

    @Override
    public String name() {
        return "resent";
    }

    @Override
    public Answer answer(Header header, Allowance allowance) {
        return firstNotAllowed(FROM_FIELD, header.resentFrom(), allowance)
                .or(() -> firstNotAllowed(SENDER_FIELD, header.resentSender(), allowance))
                .map(Answer.class::cast)
                .orElseGet(() -> new Pass("The account may use every address of the Resent fields"));
    }

    private static Optional<Violation> firstNotAllowed(String field, List<String> addresses, Allowance allowance) {
        return addresses.stream()
                .filter(address -> allowance.own(address).isEmpty())
                .findFirst()
                .map(address -> Violation.notAllowed(Reason.RESENT, field, address, allowance));
    }
}
