package org.signetmail.policy.check;

/** Why a submission is refused; the reason codes of verdict.v1. */
public enum Reason {
    ENVELOPE("envelope"),
    FROM("from"),
    SENDER("sender"),
    RESENT("resent"),
    DISPLAY_NAME("display-name"),
    FORM("form"),
    SUSPENDED("suspended");

    private final String word;

    Reason(String word) {
        this.word = word;
    }

    /** As events and REST write it. */
    public String word() {
        return word;
    }
}
