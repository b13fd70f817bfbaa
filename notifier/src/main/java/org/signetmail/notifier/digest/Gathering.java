package org.signetmail.notifier.digest;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.mail.Visible;
import org.signetmail.notifier.metrics.NotifierMetrics.Suppression;

/**
 * Decides in PostgreSQL, for all notifiers together, whether somebody is told of a refusal at once or by the next digest
 * (decision 0047). Rows are looked at without a lock first: a flood of the same finds them and waits for nobody.
 */
@Singleton
public class Gathering {
    private static final String TOLD_UNTIL =
            "SELECT until FROM told WHERE kind = ? AND recipient = ? AND account = ? AND address = ?";
    private static final String TELL = """
            INSERT INTO told (kind, recipient, account, address, until) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (kind, recipient, account, address) DO UPDATE SET until = excluded.until WHERE told.until <= ?""";
    private static final String MAILS = "SELECT mails FROM allowance WHERE kind = ? AND recipient = ? AND hour = ?";
    private static final String SPEND = """
            INSERT INTO allowance (kind, recipient, hour, mails) VALUES (?, ?, ?, 1)
            ON CONFLICT (kind, recipient, hour) DO UPDATE SET mails = allowance.mails + 1 WHERE allowance.mails < ?""";
    private static final String DIGEST_AT = "SELECT digest_at FROM audience WHERE kind = ? AND recipient = ?";
    /** A digest that is due, and has something to tell, keeps its time. */
    private static final String EXPECT_DIGEST = """
            INSERT INTO audience (kind, recipient, digest_at) VALUES (?, ?, ?)
            ON CONFLICT (kind, recipient) DO UPDATE SET digest_at = excluded.digest_at
            WHERE audience.digest_at <= ? AND NOT EXISTS (
              SELECT 1 FROM gathered
              WHERE gathered.kind = audience.kind AND gathered.recipient = audience.recipient AND digest IS NULL)""";

    private static final String GATHER = "INSERT INTO gathered (kind, recipient, incident) VALUES (?, ?, ?)";

    private final Duration window;
    private final int atOnce;

    Gathering(NotifierConfig config) {
        this.window = config.notices().window();
        this.atOnce = config.notices().perHour() - 1; // One is the digest's.
    }

    /** Empty: to be told at once. Otherwise the next digest tells of it, and why it is left to that. */
    public Optional<Suppression> gather(Connection connection, Audience audience, Rejection rejection, Instant now)
            throws SQLException {
        Optional<Suppression> suppression = suppression(connection, audience, rejection, now);
        if (suppression.isPresent()) {
            expectDigest(connection, audience, now);
            update(connection, GATHER, audience, rejection.submissionId());
        }
        return suppression;
    }

    private Optional<Suppression> suppression(
            Connection connection, Audience audience, Rejection rejection, Instant now) throws SQLException {
        if (!window.isZero() && !isFirst(connection, audience, rejection, now)) {
            return Optional.of(Suppression.REPEATED);
        }
        OffsetDateTime hour = utc(now.truncatedTo(ChronoUnit.HOURS));
        boolean spent = spent(connection, audience, hour) >= atOnce;
        if (spent || update(connection, SPEND, audience, hour, atOnce) == 0) {
            return Optional.of(Suppression.CAPPED);
        }
        return Optional.empty();
    }

    /** Whether this refusal was not told within the window; if so, it counts as told from now on. */
    private boolean isFirst(Connection connection, Audience audience, Rejection rejection, Instant now)
            throws SQLException {
        String account = Visible.line(rejection.account());
        String address = rejection.violation().address().map(Visible::line).orElse("");
        boolean known = instant(connection, TOLD_UNTIL, audience, account, address)
                .filter(now::isBefore)
                .isPresent();
        return !known && update(connection, TELL, audience, account, address, utc(now.plus(window)), utc(now)) > 0;
    }

    private void expectDigest(Connection connection, Audience audience, Instant now) throws SQLException {
        Optional<Instant> digest = instant(connection, DIGEST_AT, audience);
        if (digest.isEmpty() || !digest.get().isAfter(now)) {
            update(connection, EXPECT_DIGEST, audience, utc(now.plus(window)), utc(now));
        }
    }

    private static int spent(Connection connection, Audience audience, OffsetDateTime hour) throws SQLException {
        try (PreparedStatement select = prepare(connection, MAILS, audience, hour);
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static Optional<Instant> instant(Connection connection, String sql, Audience audience, Object... values)
            throws SQLException {
        try (PreparedStatement select = prepare(connection, sql, audience, values);
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(row.getObject(1, OffsetDateTime.class).toInstant())
                    : Optional.empty();
        }
    }

    private static int update(Connection connection, String sql, Audience audience, Object... values)
            throws SQLException {
        try (PreparedStatement update = prepare(connection, sql, audience, values)) {
            return update.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Audience audience, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, audience.kind().word());
        statement.setString(2, audience.recipient());
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 3, values[i]);
        }
        return statement;
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
