package org.signetmail.directory.domain;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signetmail.directory.address.AddressStore;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;

/** The table of registered domains. */
@Singleton
public class DomainStore {
    private final AddressStore addresses;
    private final ChangeLog changes;

    public DomainStore(AddressStore addresses, ChangeLog changes) {
        this.addresses = addresses;
        this.changes = changes;
    }

    public Optional<Domain> find(Connection connection, String name) throws SQLException {
        return Sql.one(connection, "SELECT * FROM domain WHERE name = ?", DomainStore::read, name);
    }

    /** Those of these canonical names that are registered, by name. */
    public List<Domain> among(Connection connection, Collection<String> names) throws SQLException {
        return Sql.list(
                connection, "SELECT * FROM domain WHERE name = ANY (?) ORDER BY name", DomainStore::read, names);
    }

    public List<Domain> all(Connection connection) throws SQLException {
        return Sql.list(connection, "SELECT * FROM domain ORDER BY name", DomainStore::read);
    }

    /** Those of these canonical names whose local parts distinguish case. */
    public Set<String> caseSensitiveAmong(Connection connection, Collection<String> names) throws SQLException {
        return new HashSet<>(Sql.list(
                connection,
                "SELECT name FROM domain WHERE name = ANY (?) AND case_sensitive_local_part",
                row -> row.getString(1),
                names));
    }

    /** Returns whether the domain is new. A domain that is already as it should be is left alone. */
    public boolean put(WriteTransaction transaction, Domain domain) throws SQLException {
        Connection connection = transaction.connection();
        Optional<Domain> before = find(connection, domain.domain());
        if (before.equals(Optional.of(domain))) {
            return false;
        }
        Sql.update(
                connection,
                "INSERT INTO domain (name, mode, subaddress_delimiter, case_sensitive_local_part) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET mode = excluded.mode,"
                        + " subaddress_delimiter = excluded.subaddress_delimiter,"
                        + " case_sensitive_local_part = excluded.case_sensitive_local_part",
                domain.domain(),
                domain.mode().toString(),
                domain.subaddressDelimiter(),
                domain.caseSensitiveLocalPart());
        changed(transaction, domain.domain(), isCaseSensitive(before), domain.caseSensitiveLocalPart());
        return before.isEmpty();
    }

    /** Returns whether there was such a domain. Its addresses stay, and compare without case from now on. */
    public boolean delete(WriteTransaction transaction, String name) throws SQLException {
        Optional<Domain> before = find(transaction.connection(), name);
        if (before.isEmpty()) {
            return false;
        }
        Sql.update(transaction.connection(), "DELETE FROM domain WHERE name = ?", name);
        changed(transaction, name, isCaseSensitive(before), false);
        return true;
    }

    private void changed(WriteTransaction transaction, String name, boolean caseBefore, boolean caseNow)
            throws SQLException {
        if (caseBefore != caseNow) {
            addresses.canonicalise(transaction.connection(), name, caseNow);
        }
        changes.domain(transaction, name);
    }

    private static boolean isCaseSensitive(Optional<Domain> domain) {
        return domain.map(Domain::caseSensitiveLocalPart).orElse(false);
    }

    private static Domain read(ResultSet row) throws SQLException {
        return new Domain(
                row.getString("name"),
                Mode.of(row.getString("mode")),
                Sql.text(row, "subaddress_delimiter"),
                row.getBoolean("case_sensitive_local_part"));
    }
}
