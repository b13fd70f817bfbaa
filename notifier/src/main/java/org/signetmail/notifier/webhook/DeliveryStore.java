package org.signetmail.notifier.webhook;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.notifier.event.Arrival;

/** The table {@code webhook_delivery}, as the intake writes it and the deliverers work it off. */
@Singleton
public class DeliveryStore {
    private static final String ADD = """
            INSERT INTO webhook_delivery (target, id, incident, created_at, state, since, due_at, body)
            VALUES (?, ?, ?, ?, 'pending', ?, ?, ?)""";
    /** Whoever claims a delivery has it until it is due again: a notifier that dies leaves it to the others by that. */
    private static final String CLAIM = """
            UPDATE webhook_delivery SET attempts = attempts + 1, due_at = ?
            WHERE target = ? AND id IN (
              SELECT id FROM webhook_delivery WHERE target = ? AND state = 'pending' AND due_at <= ?
              ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING id, body, since, attempts""";
    /** An attempt that took too long may end after another one; what was delivered stays so. */
    private static final String DELIVERED = """
            UPDATE webhook_delivery SET state = 'delivered', due_at = ?, error = NULL, body = NULL
            WHERE target = ? AND id = ? AND state <> 'delivered'""";

    private static final String AGAIN =
            "UPDATE webhook_delivery SET due_at = ?, error = ? WHERE target = ? AND id = ? AND state = 'pending'";
    private static final String FAILED = """
            UPDATE webhook_delivery SET state = 'failed', due_at = ?, error = ?
            WHERE target = ? AND id = ? AND state = 'pending'""";
    private static final String BACKLOG =
            "SELECT count(*), min(created_at) FROM webhook_delivery WHERE target = ? AND state = 'pending'";

    private final Targets targets;
    private final Clock clock;

    DeliveryStore(Targets targets, Clock clock) {
        this.targets = targets;
        this.clock = clock;
    }

    /** How much waits for a target, and how long the oldest does. */
    record Backlog(long deliveries, Duration oldest) {}

    /** Adds what targets are to be told of incidents; it goes out after the commit. */
    public void add(Connection connection, List<Arrival> incidents) throws SQLException {
        if (targets.all().isEmpty()) {
            return;
        }
        OffsetDateTime now = utc(clock.instant());
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Arrival incident : incidents) {
                var event = IncidentEvent.of(incident.rejection());
                String body = event.structured(incident.traceparent());
                for (Target target : targets.toldOf(event.primaryAddress())) {
                    set(add, target.name(), event.id(), event.incident(), now, now, now, body);
                    add.addBatch();
                }
            }
            add.executeBatch();
        }
    }

    /** At most so many deliveries that are due, nobody else's until then. */
    List<Delivery> claim(Connection connection, Target target, int most, Instant until) throws SQLException {
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            set(claim, utc(until), target.name(), target.name(), utc(clock.instant()), most);
            var claimed = new ArrayList<Delivery>();
            try (ResultSet row = claim.executeQuery()) {
                while (row.next()) {
                    claimed.add(new Delivery(
                            row.getString(1),
                            row.getString(2),
                            row.getObject(3, OffsetDateTime.class).toInstant(),
                            row.getInt(4)));
                }
            }
            return claimed;
        }
    }

    void delivered(Connection connection, Target target, Delivery delivery) throws SQLException {
        update(connection, DELIVERED, utc(clock.instant()), target.name(), delivery.id());
    }

    void again(Connection connection, Target target, Delivery delivery, String error, Instant at) throws SQLException {
        update(connection, AGAIN, utc(at), error, target.name(), delivery.id());
    }

    void failed(Connection connection, Target target, Delivery delivery, String error) throws SQLException {
        update(connection, FAILED, utc(clock.instant()), error, target.name(), delivery.id());
    }

    Backlog backlog(Connection connection, Target target) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BACKLOG)) {
            select.setString(1, target.name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                Duration oldest = Optional.ofNullable(row.getObject(2, OffsetDateTime.class))
                        .map(since -> Duration.between(since.toInstant(), clock.instant()))
                        .orElse(Duration.ZERO);
                return new Backlog(row.getLong(1), oldest);
            }
        }
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            set(update, values);
            update.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
