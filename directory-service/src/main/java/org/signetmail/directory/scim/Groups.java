package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.group.Group;
import org.signetmail.directory.group.GroupName;
import org.signetmail.directory.group.GroupStore;
import org.signetmail.directory.group.MemberStore;
import org.signetmail.directory.group.MemberStore.Candidate;
import org.signetmail.directory.group.Party;

/** What SCIM does to groups; their addresses, and the grants to them and on them, are not SCIM's. */
@Singleton
class Groups {
    private final ScimTransactions database;
    private final GroupStore groups;
    private final MemberStore members;
    private final StoredGroups store;

    Groups(ScimTransactions database, GroupStore groups, MemberStore members, StoredGroups store) {
        this.database = database;
        this.groups = groups;
        this.members = members;
        this.store = store;
    }

    ScimPage search(Search search, Attributes attributes, String location) throws ScimException {
        boolean withMembers = attributes.wants(GroupMapping.MEMBERS)
                || search.filter().filter(GroupSource::isOfMembers).isPresent();
        return database.read(connection -> search.run(connection, new GroupSource(store, withMembers, location)));
    }

    StoredGroup get(String id) throws ScimException {
        return database.read(connection -> find(connection, id));
    }

    ObjectNode json(String id, boolean withMembers, String location) throws ScimException {
        return database.read(connection -> {
            StoredGroup group = find(connection, id);
            return new GroupSource(store, withMembers, location)
                    .among(connection, List.of(group.name().text()))
                    .getFirst();
        });
    }

    StoredGroup create(JsonNode body) throws ScimException {
        String displayName = GroupMapping.displayName(body.path(GroupMapping.DISPLAY_NAME));
        Optional<String> externalId = UserMapping.externalId(body);
        Set<Party> wanted = GroupMapping.members(body.path(GroupMapping.MEMBERS));
        return database.write(transaction -> {
            if (!store.calledSo(transaction.connection(), displayName).isEmpty()) {
                throw ResourceConflictException.uniqueness("There is a group " + displayName + " already");
            }
            GroupName name = free(transaction.connection(), GroupMapping.base(displayName));
            groups.put(transaction, new Group(name.text(), Optional.of(displayName), List.of()));
            store.putExternalId(transaction.connection(), name, externalId);
            add(transaction, name, wanted);
            return find(transaction.connection(), new Party.OfGroup(name).toString());
        });
    }

    StoredGroup replace(String id, JsonNode body, Optional<String> ifMatch) throws ScimException {
        String displayName = GroupMapping.displayName(body.path(GroupMapping.DISPLAY_NAME));
        Optional<String> externalId = UserMapping.externalId(body);
        Set<Party> wanted = GroupMapping.members(body.path(GroupMapping.MEMBERS));
        return database.write(transaction -> {
            GroupName name = matching(transaction.connection(), id, ifMatch).name();
            rename(transaction, name, displayName);
            store.putExternalId(transaction.connection(), name, externalId);
            keepOnly(transaction, name, wanted);
            add(transaction, name, wanted);
            return find(transaction.connection(), id);
        });
    }

    /** RFC 7644 section 3.5.2: all operations of a request, or none. */
    StoredGroup patch(String id, JsonNode body, Optional<String> ifMatch) throws ScimException {
        GroupPatch patch = GroupPatch.of(ClientPatch.operations(body, GroupPatch.USED));
        return database.write(transaction -> {
            GroupName name = matching(transaction.connection(), id, ifMatch).name();
            if (patch.displayName().isPresent()) {
                rename(transaction, name, patch.displayName().get());
            }
            if (patch.externalId().isPresent()) {
                store.putExternalId(
                        transaction.connection(),
                        name,
                        UserMapping.externalIdOf(patch.externalId().get()));
            }
            if (patch.othersStay()) {
                remove(transaction, name, patch.toRemove());
            } else {
                keepOnly(transaction, name, patch.toAdd());
            }
            add(transaction, name, patch.toAdd());
            return find(transaction.connection(), id);
        });
    }

    /** Returns the group as it was. */
    StoredGroup delete(String id, Optional<String> ifMatch) throws ScimException {
        return database.write(transaction -> {
            StoredGroup stored = matching(transaction.connection(), id, ifMatch);
            groups.delete(transaction, stored.name());
            return stored;
        });
    }

    private void rename(WriteTransaction transaction, GroupName name, String displayName) throws SQLException {
        Group group = groups.find(transaction.connection(), name).orElseThrow();
        groups.put(transaction, new Group(group.name(), Optional.of(displayName), group.addresses()));
    }

    private void keepOnly(WriteTransaction transaction, GroupName name, Set<Party> wanted) throws SQLException {
        Set<String> kept = wanted.stream().map(Party::toString).collect(Collectors.toSet());
        List<String> now =
                store.members(transaction.connection(), List.of(name.text())).getOrDefault(name.text(), List.of());
        Set<Party> gone = now.stream()
                .filter(member -> !kept.contains(member))
                .flatMap(member -> Party.of(member).stream())
                .collect(Collectors.toCollection(HashSet::new));
        remove(transaction, name, gone);
    }

    private void add(WriteTransaction transaction, GroupName name, Collection<Party> wanted) throws SQLException {
        if (!wanted.isEmpty()) {
            members.add(
                    transaction,
                    name,
                    wanted.stream()
                            .map(party -> new Candidate(party, GroupMapping.MEMBERS))
                            .toList());
        }
    }

    private void remove(WriteTransaction transaction, GroupName name, Collection<Party> gone) throws SQLException {
        if (!gone.isEmpty()) {
            members.remove(transaction, name, List.copyOf(gone));
        }
    }

    private GroupName free(Connection connection, String base) throws SQLException {
        Set<String> taken = store.beginning(connection, base);
        String name = base;
        for (int i = 2; taken.contains(name); i++) {
            name = base + "-" + i;
        }
        return new GroupName(name);
    }

    private StoredGroup matching(Connection connection, String id, Optional<String> ifMatch)
            throws SQLException, ScimException {
        StoredGroup stored = find(connection, id);
        if (ifMatch.isPresent() && !ifMatch.get().equals("*") && !ifMatch.get().equals(stored.tag())) {
            throw new PreconditionFailedException("The group was changed meanwhile: it is " + stored.tag());
        }
        return stored;
    }

    private StoredGroup find(Connection connection, String id) throws SQLException, ScimException {
        List<String> name = GroupMapping.name(id).map(GroupName::text).stream().toList();
        return store.among(connection, name).stream()
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException("There is no group " + id));
    }
}
