package org.signetmail.notifier.incident;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.signetmail.notifier.event.Arrival;
import org.signetmail.notifier.event.EventJson;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.mail.Visible;

/** The table {@code incident}: written once an incident, never changed. */
@Singleton
public class IncidentStore {
    private static final String ADD = """
            INSERT INTO incident (id, account, rejected_at, recorded_at, enforced, reason, field, address, event, host, helo)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?, ?) ON CONFLICT DO NOTHING""";
    private static final String SUMMARY = "id, account, rejected_at, enforced, reason, field, address, host, helo";
    private static final String ONE = "SELECT recorded_at, event FROM incident WHERE id = ?";
    /** Mails of its own, and digests that told of it. */
    private static final String NOTICES = """
            SELECT id, kind, recipient, written_at, published_at FROM notice
            WHERE incident = ? OR id IN (SELECT digest FROM gathered WHERE gathered.incident = ?) ORDER BY id""";

    /** Adds incidents and returns those that were not there; in the order of their ids, as everybody does who adds several. */
    public List<Arrival> add(Connection connection, List<Arrival> arrivals, Instant now) throws SQLException {
        List<Arrival> sorted =
                arrivals.stream().sorted(Comparator.comparing(Arrival::id)).toList();
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Arrival arrival : sorted) {
                set(add, arrival.rejection(), now);
                add.addBatch();
            }
            int[] added = add.executeBatch();
            return IntStream.range(0, added.length)
                    .filter(i -> added[i] == 1)
                    .mapToObj(sorted::get)
                    .toList();
        }
    }

    private static void set(PreparedStatement add, Rejection rejection, Instant now) throws SQLException {
        Rejection.Violation violation = rejection.violation();
        add.setObject(1, rejection.submissionId());
        add.setString(2, Visible.line(rejection.account()));
        add.setObject(3, rejection.rejectedAt().atOffset(ZoneOffset.UTC));
        add.setObject(4, now.atOffset(ZoneOffset.UTC));
        add.setBoolean(5, rejection.enforced());
        add.setString(6, violation.reason().name().toLowerCase(Locale.ROOT));
        add.setString(7, Visible.line(violation.field()));
        add.setString(8, violation.address().map(Visible::line).orElse(null));
        add.setString(9, EventJson.write(rejection));
        add.setString(10, Visible.line(rejection.client().address()));
        add.setString(11, Visible.line(rejection.client().helo()));
    }

    /** At most so many incidents, newest first, behind one of them or from the newest. */
    List<Incident.Summary> list(Connection connection, Search search, Optional<UUID> after, int most)
            throws SQLException {
        try (PreparedStatement list = search.prepare(connection, SUMMARY, after, most)) {
            var summaries = new ArrayList<Incident.Summary>();
            try (ResultSet row = list.executeQuery()) {
                while (row.next()) {
                    summaries.add(summary(row));
                }
            }
            return summaries;
        }
    }

    Optional<Incident.Details> find(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement one = connection.prepareStatement(ONE)) {
            one.setObject(1, id);
            try (ResultSet row = one.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Incident.Details(id, instant(row, 1), row.getString(2), notices(connection, id)))
                        : Optional.empty();
            }
        }
    }

    private static List<Incident.Told> notices(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NOTICES)) {
            select.setObject(1, id);
            select.setObject(2, id);
            var notices = new ArrayList<Incident.Told>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    notices.add(new Incident.Told(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            instant(row, 4),
                            Optional.ofNullable(row.getObject(5, OffsetDateTime.class))
                                    .map(OffsetDateTime::toInstant)));
                }
            }
            return notices;
        }
    }

    private static Incident.Summary summary(ResultSet row) throws SQLException {
        return new Incident.Summary(
                row.getObject(1, UUID.class),
                row.getString(2),
                instant(row, 3),
                row.getBoolean(4),
                Reason.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
                row.getString(6),
                Optional.ofNullable(row.getString(7)),
                row.getString(8),
                row.getString(9));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
