package org.signetmail.policy.check;

import org.signetmail.policy.check.Answer.CannotTell;
import org.signetmail.policy.check.Facts.Header;
import org.signetmail.policy.check.Facts.Malformed;
import org.signetmail.policy.check.Facts.Unread;
import org.signetmail.policy.originator.Allowance;

/** A rule about header fields: it has nothing to say about a header that did not parse. */
interface HeaderCheck extends Check {
    Answer answer(Header header, Allowance allowance);

    @Override
    default Answer answer(Facts facts, Allowance allowance) {
        return switch (facts.content()) {
            case Header header -> answer(header, allowance);
            case Malformed _, Unread _ -> new CannotTell("The header was not read");
        };
    }
}
