package org.signetmail.directory.grant;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.problem.Refused;

/** The table of grants. */
@Singleton
public class GrantStore {
    private final ChangeLog changes;

    public GrantStore(ChangeLog changes) {
        this.changes = changes;
    }

    /** A page of grants in the order in which they were given, starting behind the given id. */
    public List<Grant> list(
            Connection connection, Optional<String> account, Optional<String> targetKey, long after, int limit)
            throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM account_grant WHERE id > ? AND (CAST(? AS text) IS NULL OR account = ?)"
                        + " AND (CAST(? AS text) IS NULL OR target_key = ?) ORDER BY id LIMIT ?",
                GrantStore::read,
                after,
                account,
                account,
                targetKey,
                targetKey,
                limit);
    }

    /** The stored grant that gives the same for the same time, so that a repeated request gives nothing twice. */
    public Optional<Grant> same(Connection connection, GrantBody.Checked grant) throws SQLException {
        return Sql.one(
                connection,
                "SELECT * FROM account_grant WHERE account = ? AND type = ? AND target_key = ?"
                        + " AND valid_from IS NOT DISTINCT FROM CAST(? AS timestamptz)"
                        + " AND valid_until IS NOT DISTINCT FROM CAST(? AS timestamptz) ORDER BY id LIMIT 1",
                GrantStore::read,
                grant.account().text(),
                grant.type().toString(),
                grant.target().key(),
                grant.validFrom(),
                grant.validUntil());
    }

    /** @throws Refused when the account, or the account that is the target, does not exist */
    public Grant add(WriteTransaction transaction, GrantBody.Checked grant, String grantedBy) throws SQLException {
        Connection connection = transaction.connection();
        requireAccount(connection, grant.account(), "account");
        if (grant.target().account().isPresent()) {
            requireAccount(connection, grant.target().account().get(), "target");
        }
        Grant added = Sql.one(
                        connection,
                        "INSERT INTO account_grant (account, type, target, target_key, target_domain, target_account,"
                                + " valid_from, valid_until, reason, granted_by)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *",
                        GrantStore::read,
                        grant.account().text(),
                        grant.type().toString(),
                        grant.target().text(),
                        grant.target().key(),
                        grant.target().domain(),
                        grant.target().account().map(Login::text),
                        grant.validFrom(),
                        grant.validUntil(),
                        grant.reason(),
                        grantedBy)
                .orElseThrow();
        changes.account(transaction, added.account());
        return added;
    }

    /** Returns whether there was such a grant. */
    public boolean delete(WriteTransaction transaction, long id) throws SQLException {
        Optional<String> account = Sql.one(
                transaction.connection(),
                "DELETE FROM account_grant WHERE id = ? RETURNING account",
                row -> row.getString(1),
                id);
        if (account.isPresent()) {
            changes.account(transaction, account.get());
        }
        return account.isPresent();
    }

    private static void requireAccount(Connection connection, Login login, String field) throws SQLException {
        if (!Sql.exists(connection, "SELECT login FROM account WHERE login = ?", login.text())) {
            throw Refused.invalid(field, "There is no account " + login);
        }
    }

    private static Grant read(ResultSet row) throws SQLException {
        return new Grant(
                Long.toString(row.getLong("id")),
                row.getString("account"),
                GrantType.of(row.getString("type")),
                row.getString("target"),
                Sql.instant(row, "valid_from"),
                Sql.instant(row, "valid_until"),
                Sql.text(row, "reason"),
                row.getString("granted_by"),
                Sql.instant(row, "granted_at").orElseThrow());
    }
}
