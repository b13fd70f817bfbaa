package org.signetmail.directory.address;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.problem.Refused;

/** The table of addresses: each belongs to one account or group, by its canonical form. */
@Singleton
public class AddressStore {
    /** A row of the table. */
    public record Addressed(String owner, Address address, String canonical, int position) {}

    private static final int FETCH_SIZE = 500;
    private static final String UNIQUE_VIOLATION = "23505";

    /** The addresses of these owners, each list in the order in which it was given. */
    public Map<String, List<Address>> of(Connection connection, Owner kind, Collection<String> owners)
            throws SQLException {
        var addresses = new LinkedHashMap<String, List<Address>>();
        Sql.list(
                connection,
                "SELECT %1$s, address, is_primary FROM address WHERE %1$s = ANY (?) ORDER BY %1$s, position"
                        .formatted(kind.column()),
                row -> addresses
                        .computeIfAbsent(row.getString(1), owner -> new ArrayList<>())
                        .add(new Address(row.getString("address"), row.getBoolean("is_primary"))),
                owners);
        return addresses;
    }

    /** The canonical domains in which this owner has addresses. */
    public Set<String> domains(Connection connection, Owner kind, String owner) throws SQLException {
        return Set.copyOf(Sql.list(
                connection,
                "SELECT DISTINCT domain FROM address WHERE " + kind.column() + " = ?",
                row -> row.getString(1),
                owner));
    }

    /**
     * Owner by canonical address: all that these accounts have, and those of these addresses that anybody has. An account
     * is named by its login, a group with {@code group:} in front, which no login has.
     */
    public Map<String, String> owners(Connection connection, Collection<String> logins, Collection<String> canonical)
            throws SQLException {
        var owners = new HashMap<String, String>();
        Sql.list(
                connection,
                "SELECT canonical, owner FROM address WHERE account = ANY (?)"
                        + " UNION ALL SELECT canonical, owner FROM address WHERE canonical = ANY (?)",
                row -> owners.put(row.getString(1), row.getString(2)),
                logins,
                canonical);
        return owners;
    }

    /** Gives these owners the addresses of these rows and no others. */
    public void replace(Connection connection, Owner kind, Collection<String> owners, List<Addressed> rows)
            throws SQLException {
        Sql.update(connection, "DELETE FROM address WHERE " + kind.column() + " = ANY (?)", owners);
        Sql.update(
                connection,
                "INSERT INTO address (canonical, " + kind.column()
                        + ", address, domain, is_primary, position, skeleton)"
                        + " SELECT * FROM unnest(?, ?, ?, ?, CAST(? AS boolean[]), CAST(? AS integer[]), ?)",
                column(rows, row -> row.canonical()),
                column(rows, row -> row.owner()),
                column(rows, row -> row.address().address()),
                column(rows, row -> row.canonical().substring(row.canonical().lastIndexOf('@') + 1)),
                column(rows, row -> row.address().primary()),
                column(rows, row -> row.position()),
                column(rows, row -> Skeleton.of(row.canonical())));
    }

    private static List<String> column(List<Addressed> rows, Function<Addressed, Object> value) {
        return rows.stream().map(value).map(Object::toString).toList();
    }

    /**
     * Writes the canonical forms of a domain's addresses anew after it changed its mind about case.
     *
     * @throws Refused when there would be one address twice
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
