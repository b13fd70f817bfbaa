package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One page of resources (RFC 7644 section 3.4.2). What filters of identity providers ask for is looked up; any other filter
 * is tried on every resource, some hundred at a time.
 */
record Search(Optional<Filter> filter, long startIndex, int count) {
    private static final int CHUNK = 500;
    private static final int LARGEST = 1000;
    /** Members of all groups of a page, beyond which it ends with the group that has them. */
    static final int MOST_MEMBERS = 20_000;

    /** RFC 7644 section 3.4.2.4: an index below 1 is 1, a negative count 0. */
    static Search of(Optional<String> filter, long startIndex, int count) throws ScimException {
        Optional<Filter> parsed = Optional.empty();
        if (filter.isPresent()) {
            parsed = Optional.of(explicit(Filter.fromString(filter.get())));
        }
        return new Search(parsed, Math.max(1, startIndex), Math.clamp(count, 0, LARGEST));
    }

    /** RFC 7643 section 2.4: of what has several values, and parts, {@code value} is meant where nothing is said. */
    private static Filter explicit(Filter filter) throws ScimException {
        return switch (filter.getFilterType()) {
            case AND -> Filter.and(allExplicit(filter.getCombinedFilters()));
            case OR -> Filter.or(allExplicit(filter.getCombinedFilters()));
            case NOT -> Filter.not(explicit(filter.getInvertedFilter()));
            case EQUAL ->
                isOneOf(filter, GroupMapping.MEMBERS, UserMapping.EMAILS)
                        ? Filter.eq(filter.getAttributePath().attribute("value"), filter.getComparisonValue())
                        : filter;
            default -> filter;
        };
    }

    private static List<Filter> allExplicit(List<Filter> filters) throws ScimException {
        var all = new ArrayList<Filter>();
        for (Filter filter : filters) {
            all.add(explicit(filter));
        }
        return all;
    }

    private static boolean isOneOf(Filter filter, String... paths) {
        return Arrays.stream(paths).anyMatch(filter.getAttributePath().toString()::equalsIgnoreCase);
    }

    /** Whether the filter compares this attribute, or this one of its values, with a text for being equal. */
    static boolean equalTo(Filter filter, String path) {
        return filter.getFilterType() == FilterType.EQUAL
                && filter.getAttributePath().toString().equalsIgnoreCase(path)
                && filter.getComparisonValue().isTextual();
    }

    /** The text, if the filter is {@code attribute[value eq "text"]} or {@code attribute.value eq "text"}. */
    static Optional<String> valueOf(Filter filter, String attribute) {
        if (filter.isComplexValueFilter()
                && filter.getAttributePath().toString().equalsIgnoreCase(attribute)
                && equalTo(filter.getValueFilter(), "value")) {
            return Optional.of(filter.getValueFilter().getComparisonValue().asText());
        }
        return equalTo(filter, attribute + ".value")
                ? Optional.of(filter.getComparisonValue().asText())
                : Optional.empty();
    }

    /** Needs a snapshot. */
    ScimPage run(Connection connection, Searchable resources) throws SQLException, ScimException {
        if (filter.isEmpty()) {
            List<String> ids = resources.idsFrom(connection, startIndex - 1, count);
            return new ScimPage(resources.among(connection, ids), startIndex, resources.count(connection));
        }
        var found = new Found();
        Optional<List<String>> known = lookedUp(connection, resources, filter.get());
        if (known.isPresent()) {
            for (String id : known.get()) {
                found.add(resources.among(connection, List.of(id)));
            }
            return found.page();
        }
        String after = "";
        for (List<String> chunk = resources.idsAfter(connection, after, CHUNK);
                !chunk.isEmpty();
                chunk = resources.idsAfter(connection, after, CHUNK)) {
            found.add(resources.among(connection, chunk));
            after = chunk.getLast();
        }
        return found.page();
    }

    /** What all parts match is among what one of them does. */
    private static Optional<List<String>> lookedUp(Connection connection, Searchable resources, Filter filter)
            throws SQLException {
        if (filter.getFilterType() != FilterType.AND) {
            return resources.lookedUp(connection, filter);
        }
        for (Filter part : filter.getCombinedFilters()) {
            Optional<List<String>> known = lookedUp(connection, resources, part);
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }

    /** Keeps the page, and counts the rest. A page ends early where its groups have very many members. */
    private final class Found {
        private final List<ObjectNode> page = new ArrayList<>();
        private long members;
        private long total;

        void add(List<ObjectNode> candidates) throws ScimException {
            for (ObjectNode candidate : candidates) {
                if (matches(candidate)) {
                    total++;
                    if (total >= startIndex && page.size() < count && members < MOST_MEMBERS) {
                        page.add(candidate);
                        members += candidate.path(GroupMapping.MEMBERS).size();
                    }
                }
            }
        }

        ScimPage page() {
            return new ScimPage(page, startIndex, total);
        }

        private boolean matches(ObjectNode candidate) throws ScimException {
            try {
                return FilterEvaluator.evaluate(filter.orElseThrow(), candidate);
            } catch (ScimException e) {
                throw BadRequestException.invalidFilter(e.getMessage());
            }
        }
    }
}
