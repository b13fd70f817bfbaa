package org.signetmail.policy.originator;

/** What is done about a violation, by the domain of the account's primary address. */
public enum Mode {
    ENFORCE("enforce"),
    REPORT("report"),
    OFF("off");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    /** As events and REST write it. */
    public String word() {
        return word;
    }
}
