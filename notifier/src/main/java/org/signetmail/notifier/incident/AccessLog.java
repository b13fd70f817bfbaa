package org.signetmail.notifier.incident;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.signetmail.notifier.mail.Visible;

/** The table {@code incident_access}: who looked at the record of incidents. What is not written is not answered. */
@Singleton
public class AccessLog {
    private static final String ADD = "INSERT INTO incident_access (at, who, what, query) VALUES (?, ?, ?, ?)";
    private static final String NEWEST_FIRST = """
            SELECT id, at, who, what, query FROM incident_access
            WHERE (?::text IS NULL OR who = ?) AND (?::bigint IS NULL OR id < ?) ORDER BY id DESC LIMIT ?""";

    /** What somebody did. */
    enum What {
        LIST,
        READ,
        EXPORT
    }

    /** One look. */
    public record Access(long id, Instant at, String who, String what, String query) {}

    /** A page of them, newest first; next is there when more follow, to be given as {@code after}. */
    public record Page(List<Access> accesses, Optional<Long> next) {}

    private final Clock clock;

    AccessLog(Clock clock) {
        this.clock = clock;
    }

    /** @param query what was asked for, as it stood in the request */
    void add(Connection connection, String who, What what, String query) throws SQLException {
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
            add.setString(2, Visible.line(who));
            add.setString(3, what.name().toLowerCase(Locale.ROOT));
            add.setString(4, Visible.line(query));
            add.executeUpdate();
        }
    }

    List<Access> list(Connection connection, Optional<String> who, Optional<Long> after, int most) throws SQLException {
        try (PreparedStatement list = connection.prepareStatement(NEWEST_FIRST)) {
            list.setString(1, who.orElse(null));
            list.setString(2, who.orElse(null));
            list.setObject(3, after.orElse(null), Types.BIGINT);
            list.setObject(4, after.orElse(null), Types.BIGINT);
            list.setInt(5, most);
            var accesses = new ArrayList<Access>();
            try (ResultSet row = list.executeQuery()) {
                while (row.next()) {
                    accesses.add(new Access(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5)));
                }
            }
            return accesses;
        }
    }
}
