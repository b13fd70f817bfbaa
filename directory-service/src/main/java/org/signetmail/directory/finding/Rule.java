package org.signetmail.directory.finding;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.signetmail.directory.database.Sql;

/**
 * One kind of finding as one statement, which goes through its key in order, so that a page costs no memory but its own.
 *
 * @param sql has two parameters: the key behind which to begin, and how many rows; a column {@code key} is the row's
 */
record Rule(Kind kind, String sql, boolean numbered, Reader reader) {
    interface Reader {
        Finding read(ResultSet row) throws SQLException;
    }

    /** @param key where to go on behind it */
    record Found(String key, Finding finding) {}

    private static final String BEFORE_ALL = "0";

    static Rule byText(Kind kind, String sql, Reader reader) {
        return new Rule(kind, sql, false, reader);
    }

    static Rule byNumber(Kind kind, String sql, Reader reader) {
        return new Rule(kind, sql, true, reader);
    }

    /** Whether it can be a key of this rule. */
    boolean isKey(String key) {
        return !numbered && key.indexOf('\0') < 0 || key.matches("[0-9]{0,18}");
    }

    List<Found> find(Connection connection, String after, int limit) throws SQLException {
        Object start = numbered ? Long.valueOf(after.isEmpty() ? BEFORE_ALL : after) : (Object) after;
        return Sql.list(connection, sql, row -> new Found(row.getString("key"), reader.read(row)), start, limit);
    }
}
