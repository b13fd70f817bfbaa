package org.signetmail.directory.credential;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.limit.Limits;
import org.signetmail.directory.problem.Refused;

/** The table of the accounts' own credentials: one verifier an account, or none for an account that nobody signs in to. */
@Singleton
public class CredentialStore {
    /** An account as far as signing in goes. */
    public record SignIn(boolean enabled, Optional<Verifier> verifier, Optional<Limits> limits) {}

    /** The login of an account that exists, or the refusal that says that it does not. */
    public Login existing(Connection connection, String text) throws SQLException {
        Optional<Login> login = Login.of(text);
        if (login.isEmpty()
                || !Sql.exists(
                        connection,
                        "SELECT login FROM account WHERE login = ?",
                        login.get().text())) {
            throw Refused.notFound("account " + text);
        }
        return login.get();
    }

    /** The account's own verifier; empty also when there is no such account. */
    public Optional<Verifier> verifier(Connection connection, Login login) throws SQLException {
        return find(connection, login).flatMap(SignIn::verifier);
    }

    /** Empty when there is no such account. */
    public Optional<SignIn> find(Connection connection, Login login) throws SQLException {
        return Sql.one(
                connection,
                "SELECT a.enabled, " + Limits.COLUMNS + ", c.salt, c.iterations, c.stored_key, c.server_key"
                        + " FROM account a LEFT JOIN credential c ON c.account = a.login WHERE a.login = ?",
                CredentialStore::read,
                login.text());
    }

    /** The verifiers of those of these accounts that have one, by login. */
    public Map<String, Verifier> among(Connection connection, Collection<String> logins) throws SQLException {
        var verifiers = new HashMap<String, Verifier>();
        Sql.list(
                connection,
                "SELECT * FROM credential WHERE account = ANY (?)",
                row -> verifiers.put(row.getString("account"), verifier(row)),
                logins);
        return verifiers;
    }

    /** Replaces the verifiers of these accounts. */
    public void putAll(Connection connection, Map<String, Verifier> verifiers) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO credential (account, salt, iterations, stored_key, server_key)"
                        + " SELECT * FROM unnest(?, CAST(? AS bytea[]), CAST(? AS integer[]), CAST(? AS bytea[]),"
                        + " CAST(? AS bytea[]))"
                        + " ON CONFLICT (account) DO UPDATE SET salt = excluded.salt, iterations = excluded.iterations,"
                        + " stored_key = excluded.stored_key, server_key = excluded.server_key",
                verifiers.keySet(),
                column(verifiers, verifier -> octets(verifier.salt())),
                column(verifiers, verifier -> Integer.toString(verifier.iterations())),
                column(verifiers, verifier -> octets(verifier.storedKey())),
                column(verifiers, verifier -> octets(verifier.serverKey())));
    }

    private static List<String> column(Map<String, Verifier> verifiers, Function<Verifier, String> value) {
        return verifiers.values().stream().map(value).toList();
    }

    /** As PostgreSQL reads bytea from text. */
    private static String octets(byte[] octets) {
        return "\\x" + HexFormat.of().formatHex(octets);
    }

    /** The key of {@link Decoy}; the same for all instances, for ever. */
    public byte[] decoyKey(Connection connection) throws SQLException {
        return Sql.one(connection, "SELECT key FROM decoy", row -> row.getBytes(1))
                .orElseThrow();
    }

    private static SignIn read(ResultSet row) throws SQLException {
        Optional<Verifier> verifier = row.getBytes("salt") != null ? Optional.of(verifier(row)) : Optional.empty();
        return new SignIn(row.getBoolean("enabled"), verifier, Limits.read(row));
    }

    static Verifier verifier(ResultSet row) throws SQLException {
        return new Verifier(
                row.getBytes("salt"), row.getInt("iterations"), row.getBytes("stored_key"), row.getBytes("server_key"));
    }
}
