package org.signetmail.bench.scenario;

/** What a scenario measures. */
public enum Target {
    /** The server of package {@code noop}. */
    NO_OP,
    /** Postfix with Dovecot's authentication, installed from packages. */
    POSTFIX,
    /** The local stack. */
    SIGNET
}
