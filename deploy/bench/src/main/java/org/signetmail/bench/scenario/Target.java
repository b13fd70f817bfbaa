package org.signetmail.bench.scenario;

import java.util.Locale;

/** What a scenario measures. */
public enum Target {
    /** The server of package {@code noop}. */
    NO_OP,
    /** Postfix with Dovecot's authentication, installed from packages. */
    POSTFIX,
    /** The local stack. */
    SIGNET;

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
