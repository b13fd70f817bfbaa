package org.signetmail.policy.originator;

/** Where the directory has an address of an account from. */
public enum Source {
    PRIMARY("primary"),
    SECONDARY("secondary"),
    /** To the account, or to a group that it is in. */
    GRANT("grant");

    private final String word;

    Source(String word) {
        this.word = word;
    }

    /** As events and REST write it. */
    public String word() {
        return word;
    }

    boolean isGranted() {
        return switch (this) {
            case PRIMARY, SECONDARY -> false;
            case GRANT -> true;
        };
    }
}
