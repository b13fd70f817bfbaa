package org.signetmail.directory.account;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.domain.Mode;
import org.signetmail.directory.limit.Limits;
import org.signetmail.directory.problem.Input;

/**
 * One page of accounts, by login.
 *
 * @param query part of a login, display name or address, in any case
 * @param domains where all of its addresses must be, of which it must have one
 * @param after the last login of the page before
 */
public record AccountSearch(Optional<String> query, Optional<Set<String>> domains, Optional<String> after, int limit) {
    private static final int LONGEST = 1000;

    public AccountSearch {
        query.ifPresent(text -> Input.text("query", text, LONGEST));
        after.ifPresent(text -> Input.text("after", text, LONGEST));
    }

    List<Account> run(Connection connection) throws SQLException {
        String pattern = Sql.containing(query.orElse("").toLowerCase(Locale.ROOT));
        return Sql.list(
                connection,
                "SELECT * FROM account a WHERE login > ? AND (login LIKE ? OR lower(display_name) LIKE ? OR EXISTS"
                        + " (SELECT FROM address WHERE account = a.login AND lower(address) LIKE ?))"
                        + " AND (CAST(? AS text[]) IS NULL"
                        + " OR (SELECT bool_and(domain = ANY (?)) FROM address WHERE account = a.login))"
                        + " ORDER BY login LIMIT ?",
                AccountSearch::withoutAddresses,
                after.orElse("").toLowerCase(Locale.ROOT),
                pattern,
                pattern,
                pattern,
                domains,
                domains,
                limit);
    }

    static Account withoutAddresses(ResultSet row) throws SQLException {
        return new Account(
                row.getString("login"),
                Sql.text(row, "display_name"),
                row.getBoolean("enabled"),
                Sql.text(row, "mode").map(Mode::of),
                Limits.read(row),
                List.of());
    }
}
