package org.signetmail.directory.ldap;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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

    /** Entry by account, of those of these accounts that come from LDAP. */
    Map<String, String> owners(Connection connection, Collection<String> logins) throws SQLException {
        var entries = new HashMap<String, String>();
        Sql.list(
                connection,
                "SELECT id, account FROM ldap_entry WHERE account = ANY (?)",
                row -> entries.put(row.getString("account"), row.getString("id")),
                logins);
        return entries;
    }

    /** The ids of all known entries. */
    Set<String> ids(Connection connection) throws SQLException {
        return new HashSet<>(Sql.list(connection, "SELECT id FROM ldap_entry", row -> row.getString(1)));
    }

    /** How many addresses all accounts from LDAP have, counted up to the given number. */
    long addresses(Connection connection, long most) throws SQLException {
        return Sql.one(
                        connection,
                        "SELECT count(*) FROM (SELECT FROM address a JOIN ldap_entry e ON e.account = a.account"
                                + " LIMIT ?) AS counted",
                        row -> row.getLong(1),
                        most)
                .orElseThrow();
    }

    /** Where the account signs in; empty when it does not come from LDAP. */
    Optional<String> dn(Connection connection, Login login) throws SQLException {
        return Sql.one(
                connection, "SELECT dn FROM ldap_entry WHERE account = ?", row -> row.getString(1), login.text());
    }

    /** Writes these entries as they were read, with as many statements as one takes. */
    void putAll(Connection connection, List<LdapEntry> entries) throws SQLException {
        List<String> ids = entries.stream().map(LdapEntry::id).toList();
        var accounts = new ArrayList<String>();
        entries.forEach(entry -> accounts.add(entry.account().orElse(null)));
        Sql.update(
                connection,
                "INSERT INTO ldap_entry (id, dn, account) SELECT * FROM unnest(?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET dn = excluded.dn, account = excluded.account",
                ids,
                entries.stream().map(LdapEntry::dn).toList(),
                accounts);
        Sql.update(connection, "DELETE FROM ldap_link WHERE entry = ANY (?)", ids);
        var holders = new ArrayList<String>();
        var links = new ArrayList<Link>();
        for (LdapEntry entry : entries) {
            holders.addAll(Collections.nCopies(entry.links().size(), entry.id()));
            links.addAll(entry.links());
        }
        Sql.update(
                connection,
                "INSERT INTO ldap_link (entry, kind, dn) SELECT * FROM unnest(?, ?, ?)",
                holders,
                links.stream().map(link -> link.kind().toString()).toList(),
                links.stream().map(Link::dn).toList());
    }

    /**
     * Has names that name one of these entries by its former name use the one that it has now. So Active Directory does where
     * an entry is moved, and tells no change of those that name it.
     */
    void follow(Connection connection, List<LdapEntry> moved) throws SQLException {
        Sql.update(
                connection,
                "UPDATE ldap_link l SET dn = now.dn FROM unnest(?, ?) AS now (id, dn) JOIN ldap_entry e USING (id)"
                        + " WHERE e.dn <> now.dn AND l.dn = e.dn AND NOT EXISTS (SELECT FROM ldap_link same"
                        + " WHERE same.entry = l.entry AND same.kind = l.kind AND same.dn = now.dn)",
                moved.stream().map(LdapEntry::id).toList(),
                moved.stream().map(LdapEntry::dn).toList());
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
                        new Cursor(
                                row.getString("server"),
                                row.getBoolean("numbered"),
                                row.getString("position"),
                                Sql.instant(row, "reached_at").orElseThrow()),
                        Sql.instant(row, "swept_at").orElseThrow()));
    }

    /** Before names are written: should the work end before the grants that follow are given, the next one gives them. */
    int oweGrants(Connection connection) throws SQLException {
        return Sql.update(connection, "UPDATE ldap_cursor SET grants_due = true");
    }

    /** Whether names were written whose grants may not have been given. */
    boolean owesGrants(Connection connection) throws SQLException {
        return !Sql.exists(connection, "SELECT FROM ldap_cursor WHERE NOT grants_due");
    }

    void moveTo(Connection connection, Position position) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO ldap_cursor (server, numbered, position, reached_at, swept_at, grants_due)"
                        + " VALUES (?, ?, ?, ?, ?, false) ON CONFLICT (only_row) DO UPDATE SET"
                        + " (server, numbered, position, reached_at, swept_at, grants_due) = (excluded.server,"
                        + " excluded.numbered, excluded.position, excluded.reached_at, excluded.swept_at, false)",
                position.cursor().server(),
                position.cursor().numbered(),
                position.cursor().position(),
                position.cursor().reachedAt(),
                position.sweptAt());
    }
}
