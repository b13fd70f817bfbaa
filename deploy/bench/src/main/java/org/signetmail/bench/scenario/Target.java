package org.signetmail.bench.scenario;

/** What a scenario measures. */
public enum Target {
    /** The server of package {@code noop}. */
    NO_OP,
    /** The local stack. */
    SIGNET
}
