package org.signetmail.directory.ldap;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.ldap.LdapEntry.Kind;
import org.signetmail.directory.ldap.LdapEntry.Link;

/** The tables of what comes from LDAP. */
@Singleton
class EntryStore {
    /** An entry as it was last applied. */
    record Known(String id, String dn, Optional<String> account, Set<Link> links) {}

    /** How far the changes are applied, and when everything was last read. */
    record Position(Cursor cursor, Instant sweptAt) {}

    /** The known ones of these entries, by id. */
    Map<String, Known> among(Connection connection, Collection<String> ids) throws SQLException {
        var links = new HashMap<String, Set<Link>>();
        Sql.list(
                connection,
                "SELECT * FROM ldap_link WHERE entry = ANY (?)",
                row -> links.computeIfAbsent(row.getString("entry"), entry -> new HashSet<>())
                        .add(new Link(Kind.of(row.getString("kind")), row.getString("dn"))),
                ids);
        var known = new HashMap<String, Known>();
        Sql.list(
                connection,
                "SELECT * FROM ldap_entry WHERE id = ANY (?)",
                row -> known.put(
                        row.getString("id"),
                        new Known(
                                row.getString("id"),
                                row.getString("dn"),
                                Sql.text(row, "account"),
                                links.getOrDefault(row.getString("id"), Set.of()))),
                ids);
        return known;
    }

    /** Entry by account, of every account that comes from LDAP. */
    Map<String, String> entryByAccount(Connection connection) throws SQLException {
        var entries = new HashMap<String, String>();
        Sql.list(
                connection,
                "SELECT id, account FROM ldap_entry WHERE account IS NOT NULL",
                row -> entries.put(row.getString("account"), row.getString("id")));
        return entries;
    }

    /** The ids of all known entries. */
    Set<String> ids(Connection connection) throws SQLException {
        return new HashSet<>(Sql.list(connection, "SELECT id FROM ldap_entry", row -> row.getString(1)));
    }

    /** How many addresses all accounts from LDAP have. */
    long addresses(Connection connection) throws SQLException {
        return Sql.one(
                        connection,
                        "SELECT count(*) FROM address a JOIN ldap_entry e ON e.account = a.account",
                        row -> row.getLong(1))
                .orElseThrow();
    }

    /** Where the account signs in; empty when it does not come from LDAP. */
    Optional<String> dn(Connection connection, Login login) throws SQLException {
        return Sql.one(
                connection, "SELECT dn FROM ldap_entry WHERE account = ?", row -> row.getString(1), login.text());
    }

    void put(Connection connection, LdapEntry entry, Optional<String> account) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO ldap_entry (id, dn, account) VALUES (?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET dn = excluded.dn, account = excluded.account",
                entry.id(),
                entry.dn(),
                account);
        Sql.update(connection, "DELETE FROM ldap_link WHERE entry = ?", entry.id());
        List<Link> links = List.copyOf(entry.links());
        Sql.update(
                connection,
                "INSERT INTO ldap_link (entry, kind, dn) SELECT ?, kind, dn FROM unnest(?, ?) AS link (kind, dn)",
                entry.id(),
                links.stream().map(link -> link.kind().toString()).toList(),
                links.stream().map(Link::dn).toList());
    }

    /** Returns the number of entries that were known. */
    int forget(Connection connection, Collection<String> ids) throws SQLException {
        return Sql.update(connection, "DELETE FROM ldap_entry WHERE id = ANY (?)", ids);
    }

    Optional<Position> position(Connection connection) throws SQLException {
        return Sql.one(
                connection,
                "SELECT * FROM ldap_cursor",
                row -> new Position(
                        new Cursor(row.getString("server"), row.getBoolean("numbered"), row.getString("position")),
                        Sql.instant(row, "swept_at").orElseThrow()));
    }

    void moveTo(Connection connection, Position position) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO ldap_cursor (server, numbered, position, swept_at) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (only_row) DO UPDATE SET server = excluded.server,"
                        + " numbered = excluded.numbered, position = excluded.position, swept_at = excluded.swept_at",
                position.cursor().server(),
                position.cursor().numbered(),
                position.cursor().position(),
                position.sweptAt());
    }
}
