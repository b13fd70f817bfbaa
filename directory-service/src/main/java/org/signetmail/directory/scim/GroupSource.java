package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.filters.Filter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.signetmail.directory.group.GroupName;

/** Groups as a search reads them: one by displayName, id, externalId or a member is looked up. */
record GroupSource(StoredGroups store, boolean withMembers, String location) implements Searchable {
    /** Whether it needs to know of members. */
    static boolean isOfMembers(Filter filter) {
        return filter.toString().toLowerCase(Locale.ROOT).contains(GroupMapping.MEMBERS);
    }

    @Override
    public Optional<List<String>> lookedUp(Connection connection, Filter filter) throws SQLException {
        if (Search.equalTo(filter, GroupMapping.DISPLAY_NAME)) {
            return Optional.of(store.calledSo(connection, value(filter)));
        }
        if (Search.equalTo(filter, "id")) {
            return Optional.of(GroupMapping.name(value(filter)).map(GroupName::text).stream()
                    .toList());
        }
        if (Search.equalTo(filter, UserMapping.EXTERNAL_ID)) {
            return Optional.of(store.ofExternalId(connection, value(filter)));
        }
        Optional<String> member = Search.valueOf(filter, GroupMapping.MEMBERS);
        return member.isPresent()
                ? Optional.of(store.withMember(connection, member.get().toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    @Override
    public List<String> idsAfter(Connection connection, String after, int limit) throws SQLException {
        return store.names(connection, after, 0, limit, mostMembers());
    }

    @Override
    public List<String> idsFrom(Connection connection, long offset, int limit) throws SQLException {
        return store.names(connection, "", offset, limit, mostMembers());
    }

    @Override
    public long count(Connection connection) throws SQLException {
        return store.count(connection);
    }

    @Override
    public List<ObjectNode> among(Connection connection, Collection<String> ids) throws SQLException {
        Map<String, List<String>> members = withMembers ? store.members(connection, ids) : Map.of();
        return store.among(connection, ids).stream()
                .map(group -> GroupMapping.json(
                        group,
                        Optional.of(members.getOrDefault(group.name().text(), List.of()))
                                .filter(any -> withMembers),
                        location))
                .toList();
    }

    private long mostMembers() {
        return withMembers ? Search.MOST_MEMBERS : Long.MAX_VALUE;
    }

    private static String value(Filter filter) {
        return filter.getComparisonValue().asText();
    }
}
