package org.signetmail.directory.changes;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.signetmail.directory.database.Sql;

/** The publisher's side of the outbox table. Run at read committed: each statement sees what is committed before it. */
@Singleton
class Outbox {
    // Any number that no other user of this database locks: "Signet" in ASCII.
    private static final long PUBLISHER_LOCK = 0x5369676E6574L;
    private static final int COUNTED = 100_000;

    /**
     * The directory at a moment.
     *
     * @param at the database's clock, read before anything else
     * @param pending outbox rows, counted to 100,000 at most
     * @param waited since the oldest of them was written
     */
    record Moment(Instant at, long version, long pending, Duration waited) {}

    /** An outbox row and its place in the order of commits. */
    record Row(long id, Event event) {}

    Moment moment(Connection connection) throws SQLException {
        Instant at = Sql.one(
                        connection,
                        "SELECT clock_timestamp()",
                        row -> row.getObject(1, OffsetDateTime.class).toInstant())
                .orElseThrow();
        return Sql.one(
                        connection,
                        "SELECT version, (SELECT count(*) FROM (SELECT FROM outbox LIMIT ?) AS counted) AS pending,"
                                + " (SELECT at FROM outbox ORDER BY id LIMIT 1) AS oldest FROM directory_version",
                        row -> new Moment(at, row.getLong("version"), row.getLong("pending"), waited(row, at)),
                        COUNTED)
                .orElseThrow();
    }

    private static Duration waited(ResultSet row, Instant at) throws SQLException {
        return Sql.instant(row, "oldest")
                .map(oldest -> Duration.between(oldest, at))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** Makes this transaction the only publisher over all instances, until it ends; false when another is. */
    boolean lock(Connection connection) throws SQLException {
        return Sql.one(connection, "SELECT pg_try_advisory_xact_lock(?)", row -> row.getBoolean(1), PUBLISHER_LOCK)
                .orElseThrow();
    }

    /** The oldest pending rows, in the order of their commits. */
    List<Row> oldest(Connection connection, int limit) throws SQLException {
        return Sql.list(connection, "SELECT * FROM outbox ORDER BY id LIMIT ?", Outbox::read, limit);
    }

    /** Forgets rows that Kafka has. */
    void delete(Connection connection, List<Row> rows) throws SQLException {
        List<String> ids = rows.stream().map(row -> Long.toString(row.id())).toList();
        Sql.update(connection, "DELETE FROM outbox WHERE id = ANY (CAST(? AS bigint[]))", ids);
    }

    private static Row read(ResultSet row) throws SQLException {
        long version = row.getLong("version");
        Instant at = Sql.instant(row, "at").orElseThrow();
        Optional<DirectoryChange> account =
                Sql.text(row, "account").map(login -> DirectoryChange.ofAccount(login, version, at));
        Optional<DirectoryChange> group =
                Sql.text(row, "group_name").map(name -> DirectoryChange.ofGroup(name, version, at));
        Optional<DirectoryChange> domain =
                Sql.text(row, "domain").map(name -> DirectoryChange.ofDomain(name, version, at));
        DirectoryChange change = account.or(() -> group).or(() -> domain).orElseThrow();
        return new Row(row.getLong("id"), new Event(row.getObject("event_id", UUID.class), change));
    }
}
