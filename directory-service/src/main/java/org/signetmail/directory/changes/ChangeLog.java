package org.signetmail.directory.changes;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;

/**
 * Writes down, in the transaction of the change itself, whom it concerns: raises the version of the accounts and puts a
 * row for each into the outbox.
 */
@Singleton
public class ChangeLog {
    /** The account itself was written or deleted, or a grant to it. */
    public void account(WriteTransaction transaction, String login) throws SQLException {
        Sql.update(
                transaction.connection(),
                "WITH raised AS (UPDATE account SET version = ? WHERE login = ?)"
                        + " INSERT INTO outbox (account, version) VALUES (?, ?)",
                transaction.version(),
                login,
                login,
                transaction.version());
    }

    /** The account's addresses change, or it goes: concerns those who were granted the whole account. */
    public void granteesOf(WriteTransaction transaction, String login) throws SQLException {
        Sql.update(
                transaction.connection(),
                "WITH grantee AS (UPDATE account SET version = ? WHERE login IN"
                        + " (SELECT account FROM account_grant WHERE target_account = ?) RETURNING login, version)"
                        + " INSERT INTO outbox (account, version) SELECT login, version FROM grantee ORDER BY login",
                transaction.version(),
                login);
    }

    /** A domain's settings concern every account, so one version stands for all of them. */
    public void domain(WriteTransaction transaction, String name) throws SQLException {
        Sql.update(transaction.connection(), "UPDATE directory_version SET domains = version");
        Sql.update(
                transaction.connection(),
                "INSERT INTO outbox (domain, version) VALUES (?, ?)",
                name,
                transaction.version());
    }
}
