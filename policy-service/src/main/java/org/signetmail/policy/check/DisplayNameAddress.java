package org.signetmail.policy.check;

import org.signetmail.policy.originator.Mode;

/** What is done about an address in a display name that the account may not use. */
public enum DisplayNameAddress {
    REJECT,
    REPORT,
    ALLOW;

    /** Never more than is done about the account's other violations. */
    Mode under(Mode ofTheAccount) {
        return switch (this) {
            case REJECT -> ofTheAccount;
            case REPORT -> ofTheAccount == Mode.ENFORCE ? Mode.REPORT : ofTheAccount;
            case ALLOW -> Mode.OFF;
        };
    }
}
