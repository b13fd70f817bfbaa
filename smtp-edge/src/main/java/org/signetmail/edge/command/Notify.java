package org.signetmail.edge.command;

import java.util.Arrays;
import java.util.Optional;

/** When the sender wants to be told about a recipient: NOTIFY of RCPT, RFC 3461 section 4.1. */
public enum Notify {
    /** Not even of a failure; stands alone. */
    NEVER,
    SUCCESS,
    FAILURE,
    DELAY;

    static Optional<Notify> named(String name) {
        return Arrays.stream(values())
                .filter(notify -> notify.name().equalsIgnoreCase(name))
                .findAny();
    }
}
