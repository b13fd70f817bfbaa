package org.signetmail.directory.changes;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;

/**
 * Writes down, in the transaction of the change itself, whom it concerns: raises the version of the accounts and puts a
 * row for each into the outbox.
 */
@Singleton
public class ChangeLog {
    /** Accounts below a group that are named one by one; where there are more, every account is to be read anew. */
    static final int NAMED = 1000;

    private static final String BELOW = "WITH RECURSIVE below (name) AS (VALUES (CAST(? AS text) COLLATE \"C\")"
            + " UNION SELECT m.member_group FROM below b JOIN group_member m ON m.group_name = b.name"
            + " WHERE m.member_group IS NOT NULL)"
            + " SELECT DISTINCT m.account FROM below b JOIN group_member m ON m.group_name = b.name"
            + " WHERE m.account IS NOT NULL LIMIT ?";

    /** The account itself was written or deleted, or a grant to it. */
    public void account(WriteTransaction transaction, String login) throws SQLException {
        Sql.update(
                transaction.connection(),
                "UPDATE account SET version = ? WHERE login = ?",
                transaction.version(),
                login);
        announce(transaction, List.of(login));
    }

    /** These accounts have the transaction's version already, or are gone. */
    public void announce(WriteTransaction transaction, Collection<String> logins) throws SQLException {
        Sql.update(
                transaction.connection(),
                "INSERT INTO outbox (account, version)"
                        + " SELECT login, ? FROM unnest(?) WITH ORDINALITY AS changed (login, place) ORDER BY place",
                transaction.version(),
                logins);
    }

    /** These accounts, which stay, may use other addresses than before. */
    public void accounts(WriteTransaction transaction, Collection<String> logins) throws SQLException {
        if (logins.isEmpty()) {
            return;
        }
        Sql.update(
                transaction.connection(),
                "WITH concerned AS (UPDATE account SET version = ? WHERE login = ANY (?) RETURNING login, version)"
                        + " INSERT INTO outbox (account, version) SELECT login, version FROM concerned ORDER BY login",
                transaction.version(),
                logins);
    }

    /** The addresses of these accounts change, or they go: concerns those who were granted one of them as a whole. */
    public void granteesOf(WriteTransaction transaction, Collection<String> logins) throws SQLException {
        grantees(transaction, "target_account", logins);
    }

    /** The addresses of the group change, or it goes: concerns those who were granted it. */
    public void granteesOfGroup(WriteTransaction transaction, String name) throws SQLException {
        grantees(transaction, "target_group", List.of(name));
    }

    /** What the group may use changes, or what it is a member of: concerns every account below it, however deep. */
    public void accountsBelow(WriteTransaction transaction, String group) throws SQLException {
        List<String> logins = Sql.list(transaction.connection(), BELOW, row -> row.getString(1), group, NAMED + 1);
        if (logins.size() <= NAMED) {
            accounts(transaction, logins);
            return;
        }
        everyone(transaction);
        Sql.update(
                transaction.connection(),
                "INSERT INTO outbox (group_name, version) VALUES (?, ?)",
                group,
                transaction.version());
    }

    private void grantees(WriteTransaction transaction, String target, Collection<String> names) throws SQLException {
        String ofThese = " FROM account_grant WHERE " + target + " = ANY (?)";
        accounts(
                transaction,
                Sql.list(
                        transaction.connection(),
                        "SELECT DISTINCT account" + ofThese + " AND account IS NOT NULL",
                        row -> row.getString(1),
                        names));
        List<String> groups = Sql.list(
                transaction.connection(),
                "SELECT DISTINCT group_name" + ofThese + " AND group_name IS NOT NULL",
                row -> row.getString(1),
                names);
        for (String group : groups) {
            accountsBelow(transaction, group);
        }
    }

    /** A domain's settings concern every account, so one version stands for all of them. */
    public void domain(WriteTransaction transaction, String name) throws SQLException {
        everyone(transaction);
        Sql.update(
                transaction.connection(),
                "INSERT INTO outbox (domain, version) VALUES (?, ?)",
                name,
                transaction.version());
    }

    private static void everyone(WriteTransaction transaction) throws SQLException {
        Sql.update(transaction.connection(), "UPDATE directory_version SET domains = version");
    }
}
