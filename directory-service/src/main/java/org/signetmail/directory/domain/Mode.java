package org.signetmail.directory.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What policy-service does about a forged originator, by the domain of the account's primary address. */
public enum Mode {
    @JsonProperty("enforce")
    ENFORCE("enforce"),
    /** Accept, but count, record and show what would have been refused. */
    @JsonProperty("report")
    REPORT("report"),
    @JsonProperty("off")
    OFF("off");

    private final String text;

    Mode(String text) {
        this.text = text;
    }

    /** Reads what the database's check constraint lets in. */
    public static Mode of(String text) {
        for (Mode mode : values()) {
            if (mode.text.equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("No mode is called " + text);
    }

    @Override
    public String toString() {
        return text;
    }
}
