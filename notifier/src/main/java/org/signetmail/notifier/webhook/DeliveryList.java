package org.signetmail.notifier.webhook;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The table {@code webhook_delivery}, as operators see it and act on it. */
@Singleton
class DeliveryList {
    private static final String NEWEST_FIRST = """
            SELECT id, incident, created_at, attempts, due_at, error FROM webhook_delivery
            WHERE target = ? AND state = ? AND (?::text IS NULL OR (created_at, id) <
              (SELECT created_at, id FROM webhook_delivery WHERE target = ? AND id = ?))
            ORDER BY created_at DESC, id DESC LIMIT ?""";
    private static final String COUNTS =
            "SELECT count(*) FILTER (WHERE state = 'pending'), count(*) FILTER (WHERE state = 'failed')"
                    + " FROM webhook_delivery WHERE target = ? AND state <> 'delivered'";
    /** What was given up is pending again, as if it were new. What waits for its time is tried now. */
    private static final String RETRY = """
            UPDATE webhook_delivery SET state = 'pending', due_at = ?,
              since = CASE state WHEN 'failed' THEN ? ELSE since END, attempts = CASE state WHEN 'failed' THEN 0 ELSE attempts END
            WHERE target = ? AND state <> 'delivered' AND (?::text IS NULL OR id = ?)""";

    /** What became of a delivery. */
    enum State {
        PENDING,
        DELIVERED,
        FAILED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One delivery.
     *
     * @param nextAttemptAt of one that is pending
     * @param endedAt of one that is not
     * @param error of the last attempt
     */
    record Entry(
            String id,
            UUID incident,
            Instant createdAt,
            int attempts,
            Optional<Instant> nextAttemptAt,
            Optional<Instant> endedAt,
            Optional<String> error) {}

    /** How many wait, and how many were given up. */
    record Counts(long pending, long failed) {}

    List<Entry> list(Connection connection, String target, State state, Optional<String> after, int most)
            throws SQLException {
        try (PreparedStatement list = connection.prepareStatement(NEWEST_FIRST)) {
            list.setString(1, target);
            list.setString(2, state.word());
            list.setString(3, after.orElse(null));
            list.setString(4, target);
            list.setString(5, after.orElse(null));
            list.setInt(6, most);
            var entries = new ArrayList<Entry>();
            try (ResultSet row = list.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row, state));
                }
            }
            return entries;
        }
    }

    Counts counts(Connection connection, String target) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(COUNTS)) {
            count.setString(1, target);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return new Counts(row.getLong(1), row.getLong(2));
            }
        }
    }

    /** Has what the target does not have tried now, all of it or one delivery, and says how many these are. */
    int retry(Connection connection, String target, Optional<String> id, Instant now) throws SQLException {
        try (PreparedStatement retry = connection.prepareStatement(RETRY)) {
            retry.setObject(1, now.atOffset(ZoneOffset.UTC));
            retry.setObject(2, now.atOffset(ZoneOffset.UTC));
            retry.setString(3, target);
            retry.setString(4, id.orElse(null));
            retry.setString(5, id.orElse(null));
            return retry.executeUpdate();
        }
    }

    private static Entry entry(ResultSet row, State state) throws SQLException {
        Optional<Instant> due =
                Optional.of(row.getObject(5, OffsetDateTime.class).toInstant());
        return new Entry(
                row.getString(1),
                row.getObject(2, UUID.class),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getInt(4),
                state == State.PENDING ? due : Optional.empty(),
                state == State.PENDING ? Optional.empty() : due,
                Optional.ofNullable(row.getString(6)));
    }
}
