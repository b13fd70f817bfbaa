package org.signetmail.directory.address;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.problem.Refused;

/** The table of addresses: each belongs to one account, by its canonical form. */
@Singleton
public class AddressStore {
    private static final int FETCH_SIZE = 500;
    private static final String UNIQUE_VIOLATION = "23505";

    /** The addresses of these accounts, each list in the order in which it was given. */
    public Map<String, List<Address>> of(Connection connection, Collection<String> logins) throws SQLException {
        var addresses = new LinkedHashMap<String, List<Address>>();
        Sql.list(
                connection,
                "SELECT account, address, is_primary FROM address WHERE account = ANY (?) ORDER BY account, position",
                row -> addresses
                        .computeIfAbsent(row.getString("account"), login -> new ArrayList<>())
                        .add(new Address(row.getString("address"), row.getBoolean("is_primary"))),
                logins);
        return addresses;
    }

    /** The first of these canonical addresses that another account has. */
    public Optional<String> ownedByAnother(Connection connection, String login, Collection<String> canonical)
            throws SQLException {
        return Sql.one(
                connection,
                "SELECT canonical FROM address WHERE canonical = ANY (?) AND account <> ? ORDER BY canonical",
                row -> row.getString(1),
                canonical,
                login);
    }

    /** Gives the account these addresses and no others, in this order. */
    public void replace(Connection connection, String login, List<Address> addresses, List<CanonicalAddress> canonical)
            throws SQLException {
        Sql.update(connection, "DELETE FROM address WHERE account = ?", login);
        for (int i = 0; i < addresses.size(); i++) {
            Sql.update(
                    connection,
                    "INSERT INTO address (canonical, account, address, domain, is_primary, position)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    canonical.get(i).toString(),
                    login,
                    addresses.get(i).address(),
                    canonical.get(i).domain(),
                    addresses.get(i).primary(),
                    i);
        }
    }

    /**
     * Writes the canonical forms of a domain's addresses anew after it changed its mind about case.
     *
     * @throws Refused when two accounts would have one address
     */
    public void canonicalise(Connection connection, String domain, boolean caseSensitive) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT canonical, address FROM address WHERE domain = ?")) {
            statement.setFetchSize(FETCH_SIZE);
            statement.setString(1, domain);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String address = rows.getString("address");
                    String canonical = CanonicalAddress.of(address, caseSensitive)
                            .orElseThrow()
                            .toString();
                    if (!canonical.equals(rows.getString("canonical"))) {
                        rename(connection, rows.getString("canonical"), canonical, address);
                    }
                }
            }
        }
    }

    private static void rename(Connection connection, String from, String to, String address) throws SQLException {
        try {
            Sql.update(connection, "UPDATE address SET canonical = ? WHERE canonical = ?", to, from);
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw Refused.conflict(
                        "caseSensitiveLocalPart", "Without case " + address + " would be the same as another address");
            }
            throw e;
        }
    }
}
