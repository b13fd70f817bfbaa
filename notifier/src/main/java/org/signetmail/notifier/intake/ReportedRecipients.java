package org.signetmail.notifier.intake;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.signetmail.notifier.event.Undeliverable;
import org.signetmail.notifier.event.Undeliverable.Recipient;
import org.signetmail.notifier.mail.Visible;

/** The table {@code reported}: which recipients of which message a report was called for, and of what. */
@Singleton
class ReportedRecipients {
    private static final String ADD = """
            INSERT INTO reported (message, recipient, action, happened_at, recorded_at)
            VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
    private static final String REPORTS = "SELECT count(*) FROM notice WHERE id = ? OR id LIKE ?";

    /** Adds the recipients and returns those of which this was not told before. */
    List<Recipient> add(Connection connection, Undeliverable failure, Instant now) throws SQLException {
        var fresh = new ArrayList<Recipient>();
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Recipient recipient : failure.recipients()) {
                add.setString(1, failure.submissionId());
                add.setString(2, Visible.line(recipient.address()));
                add.setString(3, recipient.outcome().name().toLowerCase(Locale.ROOT));
                add.setObject(4, failure.failedAt().atOffset(ZoneOffset.UTC));
                add.setObject(5, now.atOffset(ZoneOffset.UTC));
                if (add.executeUpdate() == 1) {
                    fresh.add(recipient);
                }
            }
        }
        return fresh;
    }

    /** ID.dsn, then ID.dsn.2 and so on; the primary key of the outbox keeps two at once from taking the same. */
    String nextReportId(Connection connection, String message) throws SQLException {
        String first = message + ".dsn";
        try (PreparedStatement reports = connection.prepareStatement(REPORTS)) {
            reports.setString(1, first);
            reports.setString(2, first.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + ".%");
            try (ResultSet count = reports.executeQuery()) {
                count.next();
                return count.getInt(1) == 0 ? first : first + "." + (count.getInt(1) + 1);
            }
        }
    }
}
