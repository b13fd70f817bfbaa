package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.filters.Filter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.signetmail.directory.address.CanonicalAddress;

/** Users as a search reads them: one by userName, id, externalId or an address is looked up. */
record UserSource(UserStore store, String location) implements Searchable {
    @Override
    public Optional<List<String>> lookedUp(Connection connection, Filter filter) throws SQLException {
        if (Search.equalTo(filter, UserMapping.USER_NAME) || Search.equalTo(filter, "id")) {
            return Optional.of(List.of(filter.getComparisonValue().asText().toLowerCase(Locale.ROOT)));
        }
        Optional<String> address = Search.valueOf(filter, UserMapping.EMAILS);
        if (address.isPresent()) {
            List<String> canonical = Stream.of(false, true)
                    .flatMap(caseSensitive -> CanonicalAddress.of(address.get(), caseSensitive).stream())
                    .map(CanonicalAddress::toString)
                    .toList();
            return Optional.of(store.ownersOf(connection, canonical));
        }
        return Search.equalTo(filter, UserMapping.EXTERNAL_ID)
                ? Optional.of(
                        store.loginsOf(connection, filter.getComparisonValue().asText()))
                : Optional.empty();
    }

    @Override
    public List<String> idsAfter(Connection connection, String after, int limit) throws SQLException {
        return store.logins(connection, after, limit);
    }

    @Override
    public List<String> idsFrom(Connection connection, long offset, int limit) throws SQLException {
        return store.loginsAt(connection, offset, limit);
    }

    @Override
    public long count(Connection connection) throws SQLException {
        return store.count(connection);
    }

    @Override
    public List<ObjectNode> among(Connection connection, Collection<String> ids) throws SQLException {
        return store.among(connection, ids).stream()
                .map(user -> UserMapping.json(user, location))
                .toList();
    }
}
