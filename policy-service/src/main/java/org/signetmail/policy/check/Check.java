package org.signetmail.policy.check;

import org.signetmail.policy.originator.Allowance;
import org.signetmail.policy.originator.Mode;

/** One rule of the verdict table. */
public interface Check {
    /** As an explanation names it. */
    String name();

    Answer answer(Facts facts, Allowance allowance);

    /** What is done about its violation, given the mode of the account. */
    default Mode under(Mode ofTheAccount) {
        return ofTheAccount;
    }
}
