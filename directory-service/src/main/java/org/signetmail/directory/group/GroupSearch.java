package org.signetmail.directory.group;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.problem.Input;

/**
 * One page of groups, by name.
 *
 * @param query part of a name, display name or address, in any case
 * @param domains where all of its addresses must be, of which it must have one
 * @param after the last name of the page before
 */
record GroupSearch(Optional<String> query, Optional<Set<String>> domains, Optional<String> after, int limit) {
    private static final int LONGEST = 1000;

    GroupSearch {
        query.ifPresent(text -> Input.text("query", text, LONGEST));
        after.ifPresent(text -> Input.text("after", text, LONGEST));
    }

    List<Group> run(Connection connection) throws SQLException {
        String pattern = Sql.containing(query.orElse("").toLowerCase(Locale.ROOT));
        return Sql.list(
                connection,
                "SELECT * FROM mail_group g WHERE name > ? AND (name LIKE ? OR lower(display_name) LIKE ? OR EXISTS"
                        + " (SELECT FROM address WHERE group_name = g.name AND lower(address) LIKE ?))"
                        + " AND (CAST(? AS text[]) IS NULL"
                        + " OR (SELECT bool_and(domain = ANY (?)) FROM address WHERE group_name = g.name))"
                        + " ORDER BY name LIMIT ?",
                GroupSearch::withoutAddresses,
                after.orElse("").toLowerCase(Locale.ROOT),
                pattern,
                pattern,
                pattern,
                domains,
                domains,
                limit);
    }

    static Group withoutAddresses(ResultSet row) throws SQLException {
        return new Group(row.getString("name"), Sql.text(row, "display_name"), List.of());
    }
}
