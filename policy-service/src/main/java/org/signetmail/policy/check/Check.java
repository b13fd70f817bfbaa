package org.signetmail.policy.check;

import org.signetmail.policy.originator.Allowance;

/** One rule of the verdict table. */
public interface Check {
    /** As an explanation names it. */
    String name();

    Answer answer(Facts facts, Allowance allowance);

    /** Whether the rule refuses in the modes report and off as well. */
    default boolean standsInEveryMode() {
        return false;
    }
}
