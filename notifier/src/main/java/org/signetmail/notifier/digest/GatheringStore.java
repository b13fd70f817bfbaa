package org.signetmail.notifier.digest;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.signetmail.notifier.mail.NoticeKind;

/**
 * The tables behind {@link Gathering}. Rows are looked at without a lock first: a flood of the same finds them and waits for
 * nobody. What is locked is locked table by table and sorted, so that transactions side by side never wait in a ring.
 */
@Singleton
class GatheringStore {
    private static final String SUBJECTS = "unnest(?, ?, ?, ?) AS given (kind, recipient, account, address)";
    private static final String AUDIENCES = "unnest(?, ?) AS given (kind, recipient)";

    private static final String UNTOLD = """
            SELECT kind, recipient, account, address FROM %s WHERE NOT EXISTS (
              SELECT 1 FROM told WHERE (told.kind, told.recipient, told.account, told.address)
                = (given.kind, given.recipient, given.account, given.address) AND until > ?)""".formatted(SUBJECTS);
    private static final String TELL = """
            INSERT INTO told (kind, recipient, account, address, until)
            SELECT kind, recipient, account, address, until FROM %s, (VALUES (?)) AS given_until (until) ORDER BY 1, 2, 3, 4
            ON CONFLICT (kind, recipient, account, address) DO UPDATE SET until = excluded.until WHERE told.until <= ?
            RETURNING kind, recipient, account, address""".formatted(SUBJECTS);

    private static final String UNSPENT = """
            SELECT kind, recipient FROM %s WHERE NOT EXISTS (
              SELECT 1 FROM allowance WHERE (allowance.kind, allowance.recipient) = (given.kind, given.recipient)
                AND hour = ? AND mails >= ?)""".formatted(AUDIENCES);
    /** What is asked for is added, and may go past the most: what was left before is had. */
    private static final String SPEND = """
            INSERT INTO allowance (kind, recipient, hour, mails)
            SELECT kind, recipient, ?, wanted FROM unnest(?, ?, ?) AS given (kind, recipient, wanted) ORDER BY 1, 2
            ON CONFLICT (kind, recipient, hour) DO UPDATE SET mails = allowance.mails + excluded.mails
            WHERE allowance.mails < ?
            RETURNING kind, recipient, mails""";

    private static final String UNEXPECTED = """
            SELECT kind, recipient FROM %s WHERE NOT EXISTS (
              SELECT 1 FROM audience WHERE (audience.kind, audience.recipient) = (given.kind, given.recipient)
                AND digest_at > ?)""".formatted(AUDIENCES);
    /** A digest that is due, and has something to tell, keeps its time. */
    private static final String EXPECT = """
            INSERT INTO audience (kind, recipient, digest_at)
            SELECT kind, recipient, ? FROM %s ORDER BY 1, 2
            ON CONFLICT (kind, recipient) DO UPDATE SET digest_at = excluded.digest_at
            WHERE audience.digest_at <= ? AND NOT EXISTS (
              SELECT 1 FROM gathered
              WHERE gathered.kind = audience.kind AND gathered.recipient = audience.recipient AND digest IS NULL)""".formatted(AUDIENCES);

    private static final String GATHER =
            "INSERT INTO gathered (kind, recipient, incident) SELECT * FROM unnest(?, ?, ?::uuid[])";

    /** Reads a row of a result. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Marks what was not told until now as told, and says what that was. */
    Set<Telling.Subject> tell(Connection connection, Set<Telling.Subject> subjects, Instant until, Instant now)
            throws SQLException {
        List<Telling.Subject> untold = query(connection, UNTOLD, GatheringStore::subject, subjects(subjects, utc(now)));
        return untold.isEmpty()
                ? Set.of()
                : Set.copyOf(query(connection, TELL, GatheringStore::subject, subjects(untold, utc(until), utc(now))));
    }

    /** Takes from what each may get in this hour, and says how much of what was wanted it gets. */
    Map<Audience, Integer> spend(Connection connection, Map<Audience, Integer> wanted, Instant hour, int most)
            throws SQLException {
        Object[] asked = {kinds(wanted.keySet()), recipients(wanted.keySet()), utc(hour), most};
        List<Audience> unspent = query(connection, UNSPENT, GatheringStore::audience, asked);
        if (unspent.isEmpty()) {
            return Map.of();
        }
        Integer[] mails = unspent.stream().map(wanted::get).toArray(Integer[]::new);
        Object[] values = {utc(hour), kinds(unspent), recipients(unspent), mails, most};
        var granted = new HashMap<Audience, Integer>();
        query(
                connection,
                SPEND,
                row -> {
                    Audience audience = audience(row);
                    int before = row.getInt(3) - wanted.get(audience);
                    return granted.put(audience, Math.clamp(most - before, 0, wanted.get(audience)));
                },
                values);
        return granted;
    }

    /** Sets the time of the next digest for those who expect none. */
    void expectDigests(Connection connection, Set<Audience> audiences, Instant at, Instant now) throws SQLException {
        Object[] asked = {kinds(audiences), recipients(audiences), utc(now)};
        List<Audience> unexpected = query(connection, UNEXPECTED, GatheringStore::audience, asked);
        if (!unexpected.isEmpty()) {
            update(connection, EXPECT, utc(at), kinds(unexpected), recipients(unexpected), utc(now));
        }
    }

    /** Leaves these to the next digests. */
    void gather(Connection connection, List<Telling> tellings) throws SQLException {
        List<Audience> audiences = tellings.stream().map(Telling::audience).toList();
        String[] incidents =
                tellings.stream().map(telling -> telling.incident().toString()).toArray(String[]::new);
        update(connection, GATHER, kinds(audiences), recipients(audiences), incidents);
    }

    private static Telling.Subject subject(ResultSet row) throws SQLException {
        return new Telling.Subject(audience(row), row.getString(3), row.getString(4));
    }

    private static Audience audience(ResultSet row) throws SQLException {
        return new Audience(NoticeKind.of(row.getString(1)), row.getString(2));
    }

    private static String[] kinds(Collection<Audience> audiences) {
        return audiences.stream().map(audience -> audience.kind().word()).toArray(String[]::new);
    }

    private static String[] recipients(Collection<Audience> audiences) {
        return audiences.stream().map(Audience::recipient).toArray(String[]::new);
    }

    /** The columns of subjects, and more values behind them. */
    private static Object[] subjects(Collection<Telling.Subject> subjects, Object... more) {
        List<Audience> audiences =
                subjects.stream().map(Telling.Subject::audience).toList();
        Stream<Object> columns = Stream.of(
                kinds(audiences),
                recipients(audiences),
                column(subjects, Telling.Subject::account),
                column(subjects, Telling.Subject::address));
        return Stream.concat(columns, Stream.of(more)).toArray();
    }

    private static String[] column(Collection<Telling.Subject> subjects, Function<Telling.Subject, String> value) {
        return subjects.stream().map(value).toArray(String[]::new);
    }

    private static <T> List<T> query(Connection connection, String sql, Reading<T> reading, Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            var read = new ArrayList<T>();
            while (row.next()) {
                read.add(reading.of(row));
            }
            return read;
        }
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
