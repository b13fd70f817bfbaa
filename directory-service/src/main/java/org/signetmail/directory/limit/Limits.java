package org.signetmail.directory.limit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.signetmail.directory.problem.Refused;

/**
 * What an account may submit at most, as the edge enforces it; what is absent is the edge's default. Zero forbids.
 *
 * @param maxMessageSize octets
 * @param maxConnections at one time
 */
public record Limits(
        Optional<Long> messagesPerHour,
        Optional<Long> messagesPerDay,
        Optional<Long> recipientsPerHour,
        Optional<Long> recipientsPerDay,
        Optional<Long> maxMessageSize,
        Optional<Long> maxConnections) {
    /** An account for which only the edge's defaults count. */
    public static final Limits DEFAULTS = new Limits(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The columns of account that {@link #read} reads and {@link #values} writes, in its order. */
    public static final String COLUMNS = "messages_per_hour, messages_per_day, recipients_per_hour,"
            + " recipients_per_day, max_message_size, max_connections";

    /** How many columns that are. */
    public static final int MEMBERS = 6;

    /** Empty, too, when no column has a value. */
    public static Optional<Limits> read(ResultSet row) throws SQLException {
        return new Limits(
                        number(row, "messages_per_hour"),
                        number(row, "messages_per_day"),
                        number(row, "recipients_per_hour"),
                        number(row, "recipients_per_day"),
                        number(row, "max_message_size"),
                        number(row, "max_connections"))
                .unlessDefaults();
    }

    /** The limits, unless no member is given. */
    public Optional<Limits> unlessDefaults() {
        return equals(DEFAULTS) ? Optional.empty() : Optional.of(this);
    }

    /** @throws Refused when a number is negative */
    public Limits check() {
        check("messagesPerHour", messagesPerHour);
        check("messagesPerDay", messagesPerDay);
        check("recipientsPerHour", recipientsPerHour);
        check("recipientsPerDay", recipientsPerDay);
        check("maxMessageSize", maxMessageSize);
        check("maxConnections", maxConnections);
        return this;
    }

    /** In the order of {@link #COLUMNS}. */
    public List<Optional<Long>> values() {
        return List.of(
                messagesPerHour, messagesPerDay, recipientsPerHour, recipientsPerDay, maxMessageSize, maxConnections);
    }

    private static void check(String name, Optional<Long> value) {
        if (value.isPresent() && value.get() < 0) {
            throw Refused.invalid("limits." + name, "A limit is a whole number, 0 or more");
        }
    }

    private static Optional<Long> number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }
}
