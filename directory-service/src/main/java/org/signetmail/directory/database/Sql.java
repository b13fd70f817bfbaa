package org.signetmail.directory.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One statement with its parameters in order. A Collection of strings binds as an array, an Optional as its value or
 * NULL, an Instant as timestamptz.
 */
public final class Sql {
    /** Reads the current row. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private Sql() {}

    public static <T> List<T> list(Connection connection, String sql, Row<T> reader, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            var list = new ArrayList<T>();
            while (rows.next()) {
                list.add(reader.read(rows));
            }
            return list;
        }
    }

    public static <T> Optional<T> one(Connection connection, String sql, Row<T> reader, Object... parameters)
            throws SQLException {
        return list(connection, sql, reader, parameters).stream().findFirst();
    }

    /** Whether the query finds anything. */
    public static boolean exists(Connection connection, String sql, Object... parameters) throws SQLException {
        return !list(connection, sql, row -> row, parameters).isEmpty();
    }

    /** Returns the number of rows that were written. */
    public static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** A timestamptz column that may be NULL. */
    public static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    public static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    /** A text[] column that may be NULL. */
    public static Optional<List<String>> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? Optional.empty() : Optional.of(List.of((String[]) array.getArray()));
    }

    /** What LIKE takes for any text with this in it. */
    public static String containing(String part) {
        return "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, bound(connection, parameters[i]));
        }
        return statement;
    }

    private static Object bound(Connection connection, Object parameter) throws SQLException {
        return switch (parameter) {
            case Optional<?> optional -> optional.isPresent() ? bound(connection, optional.get()) : null;
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Collection<?> strings -> connection.createArrayOf("text", strings.toArray());
            case null, default -> parameter;
        };
    }
}
