package org.signetmail.directory.group;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.AddressClaim;
import org.signetmail.directory.address.AddressStore;
import org.signetmail.directory.address.AddressStore.Addressed;
import org.signetmail.directory.address.CanonicalAddress;
import org.signetmail.directory.address.Owner;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.domain.DomainStore;
import org.signetmail.directory.problem.Refused;

/** The table of groups, with their addresses. */
@Singleton
public class GroupStore {
    private final AddressStore addresses;
    private final DomainStore domains;
    private final ChangeLog changes;

    public GroupStore(AddressStore addresses, DomainStore domains, ChangeLog changes) {
        this.addresses = addresses;
        this.domains = domains;
        this.changes = changes;
    }

    public Optional<Group> find(Connection connection, GroupName name) throws SQLException {
        List<Group> bare = Sql.list(
                connection, "SELECT * FROM mail_group WHERE name = ?", GroupSearch::withoutAddresses, name.text());
        return withAddresses(connection, bare).stream().findFirst();
    }

    List<Group> search(Connection connection, GroupSearch search) throws SQLException {
        return withAddresses(connection, search.run(connection));
    }

    public boolean exists(Connection connection, GroupName name) throws SQLException {
        return Sql.exists(connection, "SELECT name FROM mail_group WHERE name = ?", name.text());
    }

    /**
     * Makes the group what is given, and returns whether it is new. Its members stay.
     *
     * @throws Refused when an address is given twice or belongs to somebody else
     */
    public boolean put(WriteTransaction transaction, Group group) throws SQLException {
        Connection connection = transaction.connection();
        Optional<Group> before = find(connection, new GroupName(group.name()));
        Sql.update(
                connection,
                "INSERT INTO mail_group (name, display_name) VALUES (?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET display_name = excluded.display_name",
                group.name(),
                group.displayName());
        if (!before.map(Group::addresses).orElse(List.of()).equals(group.addresses())) {
            addresses.replace(connection, Owner.GROUP, List.of(group.name()), rows(connection, group));
            changes.granteesOfGroup(transaction, group.name());
        }
        return before.isEmpty();
    }

    /** Deletes the group with its addresses, its memberships, and the grants to it and on it. */
    public boolean delete(WriteTransaction transaction, GroupName name) throws SQLException {
        changes.granteesOfGroup(transaction, name.text());
        changes.accountsBelow(transaction, name.text());
        return Sql.update(transaction.connection(), "DELETE FROM mail_group WHERE name = ?", name.text()) > 0;
    }

    private List<Addressed> rows(Connection connection, Group group) throws SQLException {
        Set<String> caseSensitive = domains.caseSensitiveAmong(connection, Address.domains(group.addresses()));
        List<String> candidates = group.addresses().stream()
                .flatMap(address -> List.of(true, false).stream()
                        .map(asWritten -> CanonicalAddress.of(address.address(), asWritten)
                                .orElseThrow()
                                .toString()))
                .toList();
        List<String> canonical = AddressClaim.check(
                Party.GROUP + group.name(),
                group.addresses(),
                addresses.owners(connection, List.of(), candidates),
                caseSensitive);
        var rows = new ArrayList<Addressed>();
        for (int i = 0; i < canonical.size(); i++) {
            rows.add(new Addressed(group.name(), group.addresses().get(i), canonical.get(i), i));
        }
        return rows;
    }

    private List<Group> withAddresses(Connection connection, List<Group> bare) throws SQLException {
        Map<String, List<Address>> byName = addresses.of(
                connection, Owner.GROUP, bare.stream().map(Group::name).toList());
        return bare.stream()
                .map(group -> group.with(byName.getOrDefault(group.name(), List.of())))
                .toList();
    }
}
