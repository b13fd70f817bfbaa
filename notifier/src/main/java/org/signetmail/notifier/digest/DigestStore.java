package org.signetmail.notifier.digest;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.notifier.mail.NoticeKind;

/** What was gathered, for whoever writes the digest: one notifier at a time for one recipient. */
@Singleton
class DigestStore {
    private static final int MOST_LINES = 50;
    private static final int MOST_HOSTS = 5;

    private static final String LOCK_DUE = """
            SELECT kind, recipient FROM audience
            WHERE digest_at <= ? AND EXISTS (
              SELECT 1 FROM gathered
              WHERE gathered.kind = audience.kind AND gathered.recipient = audience.recipient AND digest IS NULL)
            ORDER BY digest_at LIMIT 1 FOR UPDATE OF audience SKIP LOCKED""";
    private static final String CLAIM =
            "UPDATE gathered SET digest = ? WHERE kind = ? AND recipient = ? AND digest IS NULL";
    private static final String NEXT = "UPDATE audience SET digest_at = ? WHERE kind = ? AND recipient = ?";
    private static final String OF_DIGEST =
            " FROM incident WHERE id IN (SELECT incident FROM gathered WHERE digest = ?) ";
    private static final String TOTALS = """
            SELECT count(*), count(DISTINCT account), min(rejected_at), max(rejected_at),
              count(DISTINCT (account, coalesce(address, ''), field))""" + OF_DIGEST;
    private static final String NEWEST = "SELECT event" + OF_DIGEST + "ORDER BY rejected_at DESC, id DESC LIMIT 1";
    private static final String LINES = """
            SELECT count(*), account, coalesce(address, ''), field,
              (array_agg(DISTINCT host))[1:%d], count(DISTINCT host), min(rejected_at), max(rejected_at)%s
            GROUP BY account, coalesce(address, ''), field ORDER BY 1 DESC, 2, 3, 4 LIMIT %d""".formatted(MOST_HOSTS, OF_DIGEST, MOST_LINES);

    /** Somebody whose digest is due, kept from other notifiers until this transaction ends. */
    Optional<Audience> lockDue(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK_DUE)) {
            lock.setObject(1, now.atOffset(ZoneOffset.UTC));
            try (ResultSet row = lock.executeQuery()) {
                return row.next()
                        ? Optional.of(new Audience(NoticeKind.of(row.getString(1)), row.getString(2)))
                        : Optional.empty();
            }
        }
    }

    /** Makes all that was gathered until now part of this digest, and reads it; the next one is not before that time. */
    Digest claim(Connection connection, Audience audience, String digest, Instant next) throws SQLException {
        update(connection, CLAIM, digest, audience);
        update(connection, NEXT, next.atOffset(ZoneOffset.UTC), audience);
        String newest = newest(connection, digest);
        List<Digest.Line> lines = lines(connection, digest);
        try (PreparedStatement totals = connection.prepareStatement(TOTALS)) {
            totals.setString(1, digest);
            try (ResultSet row = totals.executeQuery()) {
                row.next();
                return new Digest(
                        row.getLong(1),
                        row.getLong(2),
                        instant(row, 3),
                        instant(row, 4),
                        newest,
                        lines,
                        row.getLong(5) - lines.size());
            }
        }
    }

    /** What no mail can tell of: it stays in the record of incidents. */
    void release(Connection connection, String digest) throws SQLException {
        try (PreparedStatement release = connection.prepareStatement("DELETE FROM gathered WHERE digest = ?")) {
            release.setString(1, digest);
            release.executeUpdate();
        }
    }

    private static void update(Connection connection, String sql, Object value, Audience audience) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, value);
            update.setString(2, audience.kind().word());
            update.setString(3, audience.recipient());
            update.executeUpdate();
        }
    }

    private static String newest(Connection connection, String digest) throws SQLException {
        try (PreparedStatement newest = connection.prepareStatement(NEWEST)) {
            newest.setString(1, digest);
            try (ResultSet row = newest.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static List<Digest.Line> lines(Connection connection, String digest) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LINES)) {
            select.setString(1, digest);
            var lines = new ArrayList<Digest.Line>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    lines.add(line(row));
                }
            }
            return lines;
        }
    }

    private static Digest.Line line(ResultSet row) throws SQLException {
        List<String> hosts = strings(row.getArray(5));
        return new Digest.Line(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                hosts,
                row.getLong(6) - hosts.size(),
                instant(row, 7),
                instant(row, 8));
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
