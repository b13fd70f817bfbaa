package org.signetmail.directory.grant;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.group.GroupName;
import org.signetmail.directory.group.Party;
import org.signetmail.directory.problem.Refused;

/** The table of grants. */
@Singleton
public class GrantStore {
    private final ChangeLog changes;

    public GrantStore(ChangeLog changes) {
        this.changes = changes;
    }

    public Optional<Grant> find(Connection connection, long id) throws SQLException {
        return Sql.one(connection, "SELECT * FROM account_grant WHERE id = ?", GrantStore::read, id);
    }

    /** The stored grant that gives the same, at the same times and places, so that a repeated request gives nothing twice. */
    public Optional<Grant> same(Connection connection, GrantBody.Checked grant) throws SQLException {
        return Sql.one(
                connection,
                "SELECT * FROM account_grant WHERE grantee = ? AND type = ? AND target_key = ?"
                        + " AND valid_from IS NOT DISTINCT FROM CAST(? AS timestamptz)"
                        + " AND valid_until IS NOT DISTINCT FROM CAST(? AS timestamptz)"
                        + " AND networks IS NOT DISTINCT FROM CAST(? AS text[])"
                        + " AND credentials IS NOT DISTINCT FROM CAST(? AS text[]) ORDER BY id LIMIT 1",
                GrantStore::read,
                grant.grantee().toString(),
                grant.type().toString(),
                grant.target().key(),
                grant.validFrom(),
                grant.validUntil(),
                grant.networks(),
                grant.credentials());
    }

    /** @throws Refused when the account or group, or the one that is the target, does not exist */
    public Grant add(WriteTransaction transaction, GrantBody.Checked grant, String grantedBy) throws SQLException {
        Connection connection = transaction.connection();
        require(connection, grant.grantee(), "account");
        Optional<Party> target = grant.target().party();
        if (target.isPresent()) {
            require(connection, target.get(), "target");
        }
        Grant added = Sql.one(
                        connection,
                        "INSERT INTO account_grant (account, group_name, type, target, target_key, target_domain,"
                                + " target_account, target_group, valid_from, valid_until, networks, credentials,"
                                + " reason, granted_by)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS text[]), CAST(? AS text[]), ?, ?)"
                                + " RETURNING *",
                        GrantStore::read,
                        grant.grantee().account(),
                        grant.grantee().group(),
                        grant.type().toString(),
                        grant.target().text(),
                        grant.target().key(),
                        grant.target().domain(),
                        target.flatMap(Party::account),
                        target.flatMap(Party::group),
                        grant.validFrom(),
                        grant.validUntil(),
                        grant.networks(),
                        grant.credentials(),
                        grant.reason(),
                        grantedBy)
                .orElseThrow();
        concerned(transaction, added);
        return added;
    }

    /** Returns whether there was such a grant. */
    public boolean delete(WriteTransaction transaction, long id) throws SQLException {
        Optional<Grant> deleted = Sql.one(
                transaction.connection(), "DELETE FROM account_grant WHERE id = ? RETURNING *", GrantStore::read, id);
        if (deleted.isPresent()) {
            concerned(transaction, deleted.get());
        }
        return deleted.isPresent();
    }

    private void concerned(WriteTransaction transaction, Grant grant) throws SQLException {
        switch (Party.of(grant.account()).orElseThrow()) {
            case Party.OfAccount(Login login) -> changes.account(transaction, login.text());
            case Party.OfGroup(GroupName name) -> changes.accountsBelow(transaction, name.text());
        }
    }

    private static void require(Connection connection, Party party, String field) throws SQLException {
        boolean there = switch (party) {
            case Party.OfAccount(Login login) ->
                Sql.exists(connection, "SELECT login FROM account WHERE login = ?", login.text());
            case Party.OfGroup(GroupName name) ->
                Sql.exists(connection, "SELECT name FROM mail_group WHERE name = ?", name.text());
        };
        if (!there) {
            throw Refused.invalid(field, "There is no account or group " + party);
        }
    }

    static Grant read(ResultSet row) throws SQLException {
        return new Grant(
                Long.toString(row.getLong("id")),
                row.getString("grantee"),
                GrantType.of(row.getString("type")),
                row.getString("target"),
                Sql.instant(row, "valid_from"),
                Sql.instant(row, "valid_until"),
                Sql.texts(row, "networks"),
                Sql.texts(row, "credentials"),
                Sql.text(row, "reason"),
                row.getString("granted_by"),
                Sql.instant(row, "granted_at").orElseThrow());
    }
}
