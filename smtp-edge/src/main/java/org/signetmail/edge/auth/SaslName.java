package org.signetmail.edge.auth;

import java.util.Optional;

/** A name inside a message with commas (RFC 5801 section 4). */
final class SaslName {
    private SaslName() {}

    /** Comma and equals sign are written {@code =2C} and {@code =3D}, and nothing else is. */
    static Optional<String> read(String escaped) {
        String rest = escaped.replace("=2C", "").replace("=3D", "");
        return escaped.isEmpty() || rest.contains("=") || rest.contains("\0")
                ? Optional.empty()
                : Optional.of(escaped.replace("=2C", ",").replace("=3D", "="));
    }
}
