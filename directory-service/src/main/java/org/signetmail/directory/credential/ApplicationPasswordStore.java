package org.signetmail.directory.credential;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;

/** The table of application passwords. Every change of one but its last use is a change of its account. */
@Singleton
public class ApplicationPasswordStore {
    /** A password with what it is compared with. */
    record Known(ApplicationPassword password, Verifier verifier) {}

    private static final String LAST_USE_STEP = "5 minutes";

    private final ChangeLog changes;

    public ApplicationPasswordStore(ChangeLog changes) {
        this.changes = changes;
    }

    /** Those of an account, the oldest first. */
    public List<ApplicationPassword> of(Connection connection, Login account) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM application_password WHERE account = ? ORDER BY created_at, id",
                ApplicationPasswordStore::read,
                account.text());
    }

    Optional<Known> find(Connection connection, Login account, String id) throws SQLException {
        return Sql.one(
                connection,
                "SELECT * FROM application_password WHERE account = ? AND id = ?",
                row -> new Known(read(row), CredentialStore.verifier(row)),
                account.text(),
                id);
    }

    ApplicationPassword add(
            WriteTransaction transaction,
            Login account,
            String id,
            ApplicationPasswordBody body,
            Verifier verifier,
            String by)
            throws SQLException {
        ApplicationPassword added = Sql.one(
                        transaction.connection(),
                        "INSERT INTO application_password (id, account, label, addresses, networks, valid_until,"
                                + " created_by, salt, iterations, stored_key, server_key)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *",
                        ApplicationPasswordStore::read,
                        id,
                        account.text(),
                        body.label(),
                        body.addresses(),
                        body.networks(),
                        body.validUntil(),
                        by,
                        verifier.salt(),
                        verifier.iterations(),
                        verifier.storedKey(),
                        verifier.serverKey())
                .orElseThrow();
        changes.account(transaction, account.text());
        return added;
    }

    /** Empty when the account has no such password. */
    Optional<ApplicationPassword> change(
            WriteTransaction transaction, Login account, String id, ApplicationPasswordBody body) throws SQLException {
        Optional<ApplicationPassword> changed = Sql.one(
                transaction.connection(),
                "UPDATE application_password SET label = ?, addresses = ?, networks = ?, valid_until = ?"
                        + " WHERE account = ? AND id = ? RETURNING *",
                ApplicationPasswordStore::read,
                body.label(),
                body.addresses(),
                body.networks(),
                body.validUntil(),
                account.text(),
                id);
        if (changed.isPresent()) {
            changes.account(transaction, account.text());
        }
        return changed;
    }

    /** Returns whether there was such a password. */
    boolean revoke(WriteTransaction transaction, Login account, String id) throws SQLException {
        boolean existed = Sql.update(
                        transaction.connection(),
                        "DELETE FROM application_password WHERE account = ? AND id = ?",
                        account.text(),
                        id)
                > 0;
        if (existed) {
            changes.account(transaction, account.text());
        }
        return existed;
    }

    /**
     * Writes once in a few minutes at most, and waits for no write of the directory: it is no change of the account.
     * Returns whether it wrote.
     */
    boolean used(Connection connection, Login account, String id, Optional<InetAddress> client) throws SQLException {
        return Sql.update(
                        connection,
                        "UPDATE application_password SET last_used_at = clock_timestamp(), last_used_from = ?"
                                + " WHERE account = ? AND id = ? AND (last_used_at IS NULL"
                                + " OR last_used_at < clock_timestamp() - CAST(? AS interval))",
                        client.map(InetAddress::getHostAddress),
                        account.text(),
                        id,
                        LAST_USE_STEP)
                > 0;
    }

    private static ApplicationPassword read(ResultSet row) throws SQLException {
        return new ApplicationPassword(
                row.getString("id"),
                row.getString("label"),
                texts(row, "addresses"),
                texts(row, "networks"),
                Sql.instant(row, "valid_until"),
                Sql.instant(row, "created_at").orElseThrow(),
                row.getString("created_by"),
                Sql.instant(row, "last_used_at"),
                Sql.text(row, "last_used_from"));
    }

    private static Optional<List<String>> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? Optional.empty() : Optional.of(List.of((String[]) array.getArray()));
    }
}
