package org.signetmail.policy.originator;

/** Whether the account may send at all. */
public enum AccountState {
    ENABLED,
    /** Until an administrator, or a new password, releases it. */
    SUSPENDED,
    DISABLED,
    /** The directory has no such account, though somebody was authenticated as it a moment ago. */
    ABSENT
}
