package org.signetmail.directory.credential;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.signetmail.directory.database.Sql;

/** The table of credentials: one verifier an account, or none for an account that nobody signs in to. */
@Singleton
public class CredentialStore {
    /** An account as far as signing in goes. */
    public record SignIn(boolean enabled, Optional<Verifier> verifier) {}

    /** Empty when there is no such account. */
    public Optional<SignIn> find(Connection connection, Login login) throws SQLException {
        return Sql.one(
                connection,
                "SELECT a.enabled, c.salt, c.iterations, c.stored_key, c.server_key"
                        + " FROM account a LEFT JOIN credential c ON c.account = a.login WHERE a.login = ?",
                CredentialStore::read,
                login.text());
    }

    public void put(Connection connection, Login login, Verifier verifier) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO credential (account, salt, iterations, stored_key, server_key) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (account) DO UPDATE SET salt = excluded.salt, iterations = excluded.iterations,"
                        + " stored_key = excluded.stored_key, server_key = excluded.server_key",
                login.text(),
                verifier.salt(),
                verifier.iterations(),
                verifier.storedKey(),
                verifier.serverKey());
    }

    private static SignIn read(ResultSet row) throws SQLException {
        byte[] salt = row.getBytes("salt");
        if (salt == null) {
            return new SignIn(row.getBoolean("enabled"), Optional.empty());
        }
        var verifier =
                new Verifier(salt, row.getInt("iterations"), row.getBytes("stored_key"), row.getBytes("server_key"));
        return new SignIn(row.getBoolean("enabled"), Optional.of(verifier));
    }
}
