package org.signetmail.edge.auth;

import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the directory grants an account of its own; where a member is absent, the edge's configuration rules. Whole
 * numbers from 0.
 *
 * @param maxMessageSize in octets
 */
public record AccountLimits(
        OptionalLong messagesPerHour,
        OptionalLong messagesPerDay,
        OptionalLong recipientsPerHour,
        OptionalLong recipientsPerDay,
        OptionalLong maxMessageSize,
        OptionalLong maxConnections) {
    private static final OptionalLong ABSENT = OptionalLong.empty();

    /** An account without limits of its own. */
    public static final AccountLimits NONE = new AccountLimits(ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT);

    public AccountLimits {
        boolean negative = Stream.of(
                        messagesPerHour,
                        messagesPerDay,
                        recipientsPerHour,
                        recipientsPerDay,
                        maxMessageSize,
                        maxConnections)
                .anyMatch(limit -> limit.isPresent() && limit.getAsLong() < 0);
        if (negative) {
            throw new IllegalArgumentException("A limit is below 0");
        }
    }
}
