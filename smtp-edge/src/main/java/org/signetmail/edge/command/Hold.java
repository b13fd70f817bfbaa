package org.signetmail.edge.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** How long MAIL asks to keep a message from being delivered, RFC 4865 section 4. */
public sealed interface Hold {
    /** HOLDFOR, counted from MAIL. */
    record For(Duration interval) implements Hold {}

    /** HOLDUNTIL. */
    record Until(Instant instant) implements Hold {}

    /** The instant that is meant by somebody who says so now. */
    default Instant from(Instant now) {
        return switch (this) {
            case For(Duration interval) -> now.plus(interval);
            case Until(Instant instant) -> instant;
        };
    }

    /** The value of HOLDFOR: seconds from 1, up to nine digits. */
    static Optional<Hold> interval(String value) {
        return value.matches("[1-9][0-9]{0,8}")
                ? Optional.of(new For(Duration.ofSeconds(Integer.parseInt(value))))
                : Optional.empty();
    }

    /** The value of HOLDUNTIL: an RFC 3339 date-time (erratum 2040). */
    static Optional<Hold> instant(String value) {
        try {
            return Optional.of(new Until(OffsetDateTime.parse(value).toInstant()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
