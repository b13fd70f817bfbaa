package org.signetmail.directory.scim;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signetmail.directory.account.Account;
import org.signetmail.directory.account.AccountStore;
import org.signetmail.directory.database.Sql;

/** Accounts with their external ids and versions. */
@Singleton
class UserStore {
    private record Extra(Optional<String> externalId, long version) {}

    private final AccountStore accounts;

    UserStore(AccountStore accounts) {
        this.accounts = accounts;
    }

    /** Those of these logins that have an account, by login. */
    List<StoredUser> among(Connection connection, Collection<String> logins) throws SQLException {
        Map<String, Extra> extras = new HashMap<>();
        Sql.list(
                connection,
                "SELECT login, version, external_id FROM account LEFT JOIN scim_user ON account = login"
                        + " WHERE login = ANY (?)",
                row -> extras.put(
                        row.getString("login"), new Extra(Sql.text(row, "external_id"), row.getLong("version"))),
                logins);
        return accounts.among(connection, logins).stream()
                .sorted((a, b) -> a.login().compareTo(b.login()))
                .map(account -> with(account, extras.get(account.login())))
                .toList();
    }

    /** The logins behind this one, in their order. */
    List<String> logins(Connection connection, String after, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT login FROM account WHERE login > ? ORDER BY login LIMIT ?",
                row -> row.getString(1),
                after,
                limit);
    }

    /** The logins of a page, by its place among all. */
    List<String> loginsAt(Connection connection, long offset, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT login FROM account ORDER BY login OFFSET ? LIMIT ?",
                row -> row.getString(1),
                offset,
                limit);
    }

    long count(Connection connection) throws SQLException {
        return Sql.one(connection, "SELECT count(*) FROM account", row -> row.getLong(1))
                .orElseThrow();
    }

    List<String> loginsOf(Connection connection, String externalId) throws SQLException {
        return Sql.list(
                connection, "SELECT account FROM scim_user WHERE external_id = ?", row -> row.getString(1), externalId);
    }

    List<String> ownersOf(Connection connection, Collection<String> canonicalAddresses) throws SQLException {
        return Sql.list(
                connection,
                "SELECT DISTINCT account FROM address WHERE account IS NOT NULL AND canonical = ANY (?)",
                row -> row.getString(1),
                canonicalAddresses);
    }

    void putExternalId(Connection connection, String login, Optional<String> externalId) throws SQLException {
        if (externalId.isEmpty()) {
            Sql.update(connection, "DELETE FROM scim_user WHERE account = ?", login);
            return;
        }
        Sql.update(
                connection,
                "INSERT INTO scim_user (account, external_id) VALUES (?, ?)"
                        + " ON CONFLICT (account) DO UPDATE SET external_id = excluded.external_id",
                login,
                externalId.get());
    }

    private static StoredUser with(Account account, Extra extra) {
        return new StoredUser(account, extra.externalId(), extra.version());
    }
}
