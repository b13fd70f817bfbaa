package org.signetmail.directory.suspension;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;

/** The table of suspensions: at most one of an account stands, and those that ended are kept. */
@Singleton
public class SuspensionStore {
    private static final String STANDING = "SELECT * FROM suspension WHERE account = ? AND ended_at IS NULL";

    private final ChangeLog changes;

    public SuspensionStore(ChangeLog changes) {
        this.changes = changes;
    }

    /** The one that stands. */
    public Optional<Suspension> standing(Connection connection, Login login) throws SQLException {
        return Sql.one(connection, STANDING, SuspensionStore::read, login.text());
    }

    /** All that the account ever had, the latest first. */
    public List<Suspension> history(Connection connection, Login login, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM suspension WHERE account = ? ORDER BY id DESC LIMIT ?",
                SuspensionStore::read,
                login.text(),
                limit);
    }

    /** Suspends an account that exists and is not suspended. */
    public Suspension suspend(WriteTransaction transaction, Login login, String reason, String by) throws SQLException {
        Suspension added = Sql.one(
                        transaction.connection(),
                        "INSERT INTO suspension (account, reason, suspended_by) VALUES (?, ?, ?) RETURNING *",
                        SuspensionStore::read,
                        login.text(),
                        reason,
                        by)
                .orElseThrow();
        changes.account(transaction, login.text());
        return added;
    }

    /** Ends the suspension; false when none stood. */
    public boolean release(WriteTransaction transaction, Login login, String by) throws SQLException {
        boolean stood = end(transaction.connection(), List.of(login.text()), Optional.of(by)) > 0;
        if (stood) {
            changes.account(transaction, login.text());
        }
        return stood;
    }

    /** These accounts have a new password; whoever writes it announces the change. */
    public void releaseByPassword(Connection connection, Collection<String> logins) throws SQLException {
        end(connection, logins, Optional.empty());
    }

    private static int end(Connection connection, Collection<String> logins, Optional<String> by) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE suspension SET ended_at = clock_timestamp(), ended_by = ?"
                        + " WHERE account = ANY (?) AND ended_at IS NULL",
                by,
                logins);
    }

    private static Suspension read(ResultSet row) throws SQLException {
        return new Suspension(
                row.getString("reason"),
                Sql.instant(row, "since").orElseThrow(),
                row.getString("suspended_by"),
                Sql.instant(row, "ended_at"),
                Sql.text(row, "ended_by"));
    }
}
