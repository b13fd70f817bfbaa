package org.signetmail.policy.check;

import java.util.Optional;
import org.signetmail.policy.check.Answer.CannotTell;
import org.signetmail.policy.check.Answer.Pass;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.check.Facts.Header;
import org.signetmail.policy.check.Facts.Malformed;
import org.signetmail.policy.check.Facts.Unread;
import org.signetmail.policy.originator.Allowance;

/** The header parsed strictly, and From has an address (RFC 5322 3.6.2). */
public final class Form implements Check {
    @Override
    public String name() {
        return "form";
    }

    @Override
    public Answer answer(Facts facts, Allowance allowance) {
        return switch (facts.content()) {
            case Header header when header.from().isEmpty() -> violation(From.FIELD, "From has no address");
            case Header _ -> new Pass("The header is unambiguous");
            case Malformed malformed -> violation(malformed.field(), malformed.detail());
            case Unread _ -> new CannotTell("The edge did not say what is in the header");
        };
    }

    private static Violation violation(String field, String detail) {
        return new Violation(Reason.FORM, field, Optional.empty(), detail);
    }
}
