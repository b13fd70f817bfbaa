package org.signetmail.edge.command;

import java.util.Arrays;
import java.util.Optional;

/** What a delivery report returns of the message: RET of MAIL, RFC 3461 section 4.3. */
public enum Ret {
    FULL,
    HDRS;

    public static Optional<Ret> named(String name) {
        return Arrays.stream(values())
                .filter(ret -> ret.name().equalsIgnoreCase(name))
                .findAny();
    }
}
