package org.signetmail.notifier.outbox;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.signetmail.notifier.mail.Notice;
import org.signetmail.notifier.mail.NoticeKind;

/** The table {@code notice}: mails go in with the transaction of what they tell about, and out when Kafka has them. */
@Singleton
public class Outbox {
    private static final String ADD = """
            INSERT INTO notice (id, incident, kind, recipient, smtputf8, traceparent, written_at, mail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String LOCK = """
            SELECT id, kind, recipient, smtputf8, traceparent, written_at, mail FROM notice
            WHERE published_at IS NULL ORDER BY written_at, id LIMIT ? FOR UPDATE SKIP LOCKED""";
    private static final String MARK = "UPDATE notice SET published_at = ?, mail = NULL WHERE id = ANY (?)";
    private static final String BACKLOG = "SELECT count(*), min(written_at) FROM notice WHERE published_at IS NULL";

    /** A mail that waits, with the trace of the submission it belongs to. */
    public record Pending(Notice notice, Optional<String> traceparent) {}

    /** A mail that goes in, with the trace of the submission it belongs to and the incident it tells of. */
    public record Entry(Notice notice, Optional<String> traceparent, Optional<UUID> incident) {}

    /** How many mails wait, and since when the oldest does. */
    public record Backlog(long mails, Optional<Instant> oldest) {
        public Duration age(Instant now) {
            return oldest.map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
        }
    }

    /** Adds mails; they go out after the commit. */
    public void add(Connection connection, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Entry entry : entries) {
                Notice notice = entry.notice();
                add.setString(1, notice.id());
                add.setObject(2, entry.incident().orElse(null), Types.OTHER);
                add.setString(3, notice.kind().word());
                add.setString(4, notice.recipient());
                add.setBoolean(5, notice.smtputf8());
                add.setString(6, entry.traceparent().orElse(null));
                add.setObject(7, notice.writtenAt().atOffset(ZoneOffset.UTC));
                add.setBytes(8, notice.mail().value());
                add.addBatch();
            }
            add.executeBatch();
        }
    }

    /** The oldest mails that no other publisher holds, kept from others until this transaction ends. */
    List<Pending> lock(Connection connection, int most) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setInt(1, most);
            var pending = new ArrayList<Pending>();
            try (ResultSet row = lock.executeQuery()) {
                while (row.next()) {
                    pending.add(read(row));
                }
            }
            return pending;
        }
    }

    void markPublished(Connection connection, List<Pending> published, Instant at) throws SQLException {
        Object[] ids = published.stream().map(pending -> pending.notice().id()).toArray();
        try (PreparedStatement mark = connection.prepareStatement(MARK)) {
            mark.setObject(1, at.atOffset(ZoneOffset.UTC));
            mark.setArray(2, connection.createArrayOf("text", ids));
            mark.executeUpdate();
        }
    }

    Backlog backlog(Connection connection) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(BACKLOG);
                ResultSet row = count.executeQuery()) {
            row.next();
            Optional<OffsetDateTime> oldest = Optional.ofNullable(row.getObject(2, OffsetDateTime.class));
            return new Backlog(row.getLong(1), oldest.map(OffsetDateTime::toInstant));
        }
    }

    private static Pending read(ResultSet row) throws SQLException {
        var notice = new Notice(
                row.getString(1),
                NoticeKind.of(row.getString(2)),
                row.getString(3),
                row.getBoolean(4),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                new Notice.Octets(row.getBytes(7)));
        return new Pending(notice, Optional.ofNullable(row.getString(5)));
    }
}
