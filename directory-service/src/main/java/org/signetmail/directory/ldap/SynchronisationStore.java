package org.signetmail.directory.ldap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.ldap.Synchronisation.Report;
import org.signetmail.directory.ldap.Synchronisation.State;

/** The record of synchronisations. */
@Singleton
class SynchronisationStore {
    private static final int KEPT = 1000;
    /** What a schedule repeats as long as nobody does anything about it: one record stands for all in a row. */
    private static final Set<State> REPEATED = Set.of(State.HELD, State.FAILED);

    private final ObjectMapper json;

    SynchronisationStore(ObjectMapper json) {
        this.json = json;
    }

    Synchronisation add(Connection connection, State state, Instant beganAt, Report report) throws SQLException {
        Optional<Synchronisation> latest =
                list(connection, Optional.empty(), 1).stream().findFirst();
        if (latest.isPresent() && latest.get().state() == state && REPEATED.contains(state)) {
            Sql.update(
                    connection,
                    "UPDATE synchronisation SET began_at = ?, report = ? WHERE id = ?",
                    beganAt,
                    text(report),
                    Long.parseLong(latest.get().id()));
            return new Synchronisation(latest.get().id(), state, beganAt, report);
        }
        if (state == State.DONE) {
            Sql.update(
                    connection,
                    "UPDATE synchronisation SET state = ? WHERE state = ?",
                    State.LAPSED.text(),
                    State.HELD.text());
        }
        long id = Sql.one(
                        connection,
                        "INSERT INTO synchronisation (state, began_at, report) VALUES (?, ?, ?) RETURNING id",
                        row -> row.getLong(1),
                        state.text(),
                        beganAt,
                        text(report))
                .orElseThrow();
        Sql.update(connection, "DELETE FROM synchronisation WHERE id <= ?", id - KEPT);
        return new Synchronisation(Long.toString(id), state, beganAt, report);
    }

    /** The latest first, from before the given one. */
    List<Synchronisation> list(Connection connection, Optional<Long> before, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM synchronisation WHERE id < ? ORDER BY id DESC LIMIT ?",
                this::read,
                before.orElse(Long.MAX_VALUE),
                limit);
    }

    Optional<Synchronisation> find(Connection connection, long id) throws SQLException {
        return Sql.one(connection, "SELECT * FROM synchronisation WHERE id = ?", this::read, id);
    }

    /** Returns whether it was held. */
    boolean confirm(Connection connection, long id) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE synchronisation SET state = ? WHERE id = ? AND state = ?",
                        State.CONFIRMED.text(),
                        id,
                        State.HELD.text())
                > 0;
    }

    private Synchronisation read(ResultSet row) throws SQLException {
        return new Synchronisation(
                Long.toString(row.getLong("id")),
                State.of(row.getString("state")),
                Sql.instant(row, "began_at").orElseThrow(),
                report(row.getString("report")));
    }

    private String text(Report report) {
        try {
            return json.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A report has no JSON", e);
        }
    }

    private Report report(String text) {
        try {
            return json.readValue(text, Report.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored report cannot be read", e);
        }
    }
}
