package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.signetmail.directory.address.CanonicalAddress;

/**
 * One page of users (RFC 7644 section 3.4.2). A filter for a userName, an externalId or an address is looked up; any other
 * is tried on every account, a page at a time.
 */
record UserSearch(Optional<Filter> filter, long startIndex, int count, String location) {
    private static final int CHUNK = 500;
    private static final int LARGEST = 1000;

    /** What was found, and how many there are in all. */
    record Page(List<StoredUser> users, long total) {}

    /** RFC 7644 section 3.4.2.4: an index below 1 is 1, a negative count 0. */
    static UserSearch of(Optional<String> filter, long startIndex, int count, String location) throws ScimException {
        Optional<Filter> parsed = filter.isPresent() ? Optional.of(Filter.fromString(filter.get())) : Optional.empty();
        return new UserSearch(parsed, Math.max(1, startIndex), Math.clamp(count, 0, LARGEST), location);
    }

    /** Needs a snapshot. */
    Page run(Connection connection, UserStore store) throws SQLException, ScimException {
        if (filter.isEmpty()) {
            List<String> logins = store.loginsAt(connection, startIndex - 1, count);
            return new Page(store.among(connection, logins), store.count(connection));
        }
        var found = new Found();
        Optional<List<String>> known = lookedUp(connection, store, filter.get());
        if (known.isPresent()) {
            found.add(store.among(connection, known.get()));
            return found.page();
        }
        String after = "";
        for (List<String> chunk = store.logins(connection, after, CHUNK);
                !chunk.isEmpty();
                chunk = store.logins(connection, after, CHUNK)) {
            found.add(store.among(connection, chunk));
            after = chunk.getLast();
        }
        return found.page();
    }

    /** Logins among which are all that match; empty when that cannot be said. */
    private static Optional<List<String>> lookedUp(Connection connection, UserStore store, Filter filter)
            throws SQLException {
        if (filter.isComplexValueFilter()
                && filter.getAttributePath().toString().equalsIgnoreCase(UserMapping.EMAILS)
                && equalTo(filter.getValueFilter(), UserMapping.VALUE)) {
            return Optional.of(owners(connection, store, filter.getValueFilter()));
        }
        if (equalTo(filter, UserMapping.USER_NAME) || equalTo(filter, "id")) {
            return Optional.of(List.of(value(filter).toLowerCase(Locale.ROOT)));
        }
        if (equalTo(filter, UserMapping.EMAILS + "." + UserMapping.VALUE) || equalTo(filter, UserMapping.EMAILS)) {
            return Optional.of(owners(connection, store, filter));
        }
        return equalTo(filter, UserMapping.EXTERNAL_ID)
                ? Optional.of(store.loginsOf(connection, value(filter)))
                : Optional.empty();
    }

    private static List<String> owners(Connection connection, UserStore store, Filter filter) throws SQLException {
        List<String> canonical = Stream.of(false, true)
                .flatMap(caseSensitive -> CanonicalAddress.of(value(filter), caseSensitive).stream())
                .map(CanonicalAddress::toString)
                .toList();
        return store.ownersOf(connection, canonical);
    }

    private static boolean equalTo(Filter filter, String path) {
        return filter.getFilterType() == FilterType.EQUAL
                && filter.getAttributePath().toString().equalsIgnoreCase(path)
                && filter.getComparisonValue().isTextual();
    }

    private static String value(Filter filter) {
        JsonNode value = filter.getComparisonValue();
        return value.asText();
    }

    /** Keeps the page, and counts the rest. */
    private final class Found {
        private final List<StoredUser> users = new ArrayList<>();
        private long total;

        void add(List<StoredUser> candidates) throws ScimException {
            for (StoredUser candidate : candidates) {
                if (matches(candidate)) {
                    total++;
                    if (total >= startIndex && users.size() < count) {
                        users.add(candidate);
                    }
                }
            }
        }

        Page page() {
            return new Page(users, total);
        }

        private boolean matches(StoredUser candidate) throws ScimException {
            try {
                return FilterEvaluator.evaluate(filter.orElseThrow(), UserMapping.json(candidate, location));
            } catch (ScimException e) {
                throw BadRequestException.invalidFilter(e.getMessage());
            }
        }
    }
}
