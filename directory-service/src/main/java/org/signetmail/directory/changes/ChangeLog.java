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

    /** The addresses of these accounts change, or they go: concerns those who were granted one of them as a whole. */
    public void granteesOf(WriteTransaction transaction, Collection<String> logins) throws SQLException {
        Sql.update(
                transaction.connection(),
                "WITH grantee AS (UPDATE account SET version = ? WHERE login IN"
                        + " (SELECT account FROM account_grant WHERE target_account = ANY (?)) RETURNING login, version)"
                        + " INSERT INTO outbox (account, version) SELECT login, version FROM grantee ORDER BY login",
                transaction.version(),
                logins);
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
