package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.filters.Filter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Resources of one type, by ids in an order that does not change. */
interface Searchable {
    /** Ids among which are all that match the filter; empty when that cannot be said without trying all. */
    Optional<List<String>> lookedUp(Connection connection, Filter filter) throws SQLException;

    /** The ids behind this one. */
    List<String> idsAfter(Connection connection, String after, int limit) throws SQLException;

    /** The ids from a place among all. */
    List<String> idsFrom(Connection connection, long offset, int limit) throws SQLException;

    long count(Connection connection) throws SQLException;

    /** Those of these ids that there are. */
    List<ObjectNode> among(Connection connection, Collection<String> ids) throws SQLException;
}
