package org.signetmail.notifier.incident;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.signetmail.notifier.database.Database;

/** Incidents of a search as they come from the cursor, none kept in memory. */
final class Export implements StreamingOutput {
    /** Forms of an export. */
    enum Form {
        CSV,
        JSON
    }

    private static final int ROWS_AT_ONCE = 500;
    private static final List<String> COLUMNS =
            List.of("id", "rejectedAt", "account", "host", "helo", "enforced", "reason", "field", "address");

    private final Database database;
    private final Search search;
    private final Form form;

    Export(Database database, Search search, Form form) {
        this.database = database;
        this.search = search;
        this.form = form;
    }

    @Override
    public void write(OutputStream output) throws IOException {
        try {
            database.<Boolean, IOException>transaction(connection -> {
                var out = new BufferedWriter(new OutputStreamWriter(output, UTF_8));
                String columns = switch (form) {
                    case CSV -> "id, rejected_at, account, host, helo, enforced, reason, field, address";
                    case JSON -> "event";
                };
                try (PreparedStatement select = search.prepare(connection, columns, Optional.empty(), 0)) {
                    select.setFetchSize(ROWS_AT_ONCE); // Within a transaction: the driver reads by a cursor.
                    try (ResultSet rows = select.executeQuery()) {
                        write(rows, out);
                    }
                }
                out.flush();
                return true;
            });
        } catch (SQLException e) {
            // Some of it went out: only a broken answer tells that it is not all.
            throw new WebApplicationException(e);
        }
    }

    private void write(ResultSet rows, Writer out) throws SQLException, IOException {
        switch (form) {
            case CSV -> {
                out.write(String.join(",", COLUMNS) + "\r\n");
                while (rows.next()) {
                    out.write(line(rows));
                }
            }
            case JSON -> {
                String before = "[";
                while (rows.next()) {
                    out.write(before);
                    out.write(rows.getString(1));
                    before = ",\n";
                }
                out.write(before.equals("[") ? "[]\n" : "]\n");
            }
        }
    }

    private static String line(ResultSet row) throws SQLException {
        return Stream.of(
                        row.getString(1),
                        row.getObject(2, OffsetDateTime.class).toInstant().toString(),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Boolean.toString(row.getBoolean(6)),
                        row.getString(7).replace('_', '-'),
                        row.getString(8),
                        row.getString(9) == null ? "" : row.getString(9))
                .map(Export::cell)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /** RFC 4180; what a spreadsheet would take for a formula begins with an apostrophe. */
    static String cell(String text) {
        String harmless = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return harmless.matches("[^\",\r\n]*") ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
