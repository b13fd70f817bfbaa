package org.signetmail.directory.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.Path;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.filters.FilterType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.signetmail.directory.group.Party;

/**
 * What the operations of a PATCH come to, the last one of a member counting (RFC 7644 section 3.5.2): names members that come
 * and go, so that those of a large group need not be read.
 */
final class GroupPatch {
    /** What is not passed over, in lower case. */
    static final Set<String> USED = Set.of("displayname", "externalid", "members");

    private Optional<String> displayName = Optional.empty();
    private Optional<JsonNode> externalId = Optional.empty();
    private boolean others = true;
    private final Map<Party, Boolean> members = new LinkedHashMap<>();

    static GroupPatch of(List<ObjectNode> operations) throws ScimException {
        var patch = new GroupPatch();
        for (ObjectNode operation : operations) {
            patch.take(
                    operation.path("op").asText(),
                    Path.fromString(operation.path("path").asText()),
                    operation.path("value"));
        }
        return patch;
    }

    Optional<String> displayName() {
        return displayName;
    }

    /** Null or missing where the group is to have none any more; empty where it keeps its own. */
    Optional<JsonNode> externalId() {
        return externalId;
    }

    /** Whether those who are not named stay. */
    boolean othersStay() {
        return others;
    }

    Set<Party> toAdd() {
        return named(true);
    }

    Set<Party> toRemove() {
        return named(false);
    }

    private Set<Party> named(boolean member) {
        return members.entrySet().stream()
                .filter(entry -> entry.getValue() == member)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void take(String op, Path path, JsonNode value) throws ScimException {
        boolean removes = op.equals("remove");
        if (!removes && !op.equals("add") && !op.equals("replace")) {
            throw BadRequestException.invalidSyntax("An operation is add, remove or replace");
        }
        if (path.size() != 1) {
            throw BadRequestException.invalidPath("There is nothing to change at " + path);
        }
        Filter filter = path.getElement(0).getValueFilter();
        switch (path.getElement(0).getAttribute().toLowerCase(Locale.ROOT)) {
            case "displayname" -> displayName = Optional.of(GroupMapping.displayName(value));
            case "externalid" -> externalId = Optional.of(value);
            default -> {
                if (filter != null) {
                    require(removes, path);
                    removeMatching(filter);
                } else if (removes) {
                    remove(value);
                } else {
                    put(value, op.equals("replace"));
                }
            }
        }
    }

    private void put(JsonNode value, boolean replaces) throws ScimException {
        if (replaces) {
            nobody();
        }
        GroupMapping.members(value).forEach(member -> members.put(member, true));
    }

    /** Entra ID names those who go in a value, where RFC 7644 has a filter; without either all go. */
    private void remove(JsonNode value) throws ScimException {
        if (value.isMissingNode() || value.isNull()) {
            nobody();
        } else {
            GroupMapping.members(value).forEach(member -> members.put(member, false));
        }
    }

    private void removeMatching(Filter filter) throws ScimException {
        if (filter.getFilterType() == FilterType.OR) {
            for (Filter either : filter.getCombinedFilters()) {
                removeMatching(either);
            }
            return;
        }
        if (!Search.equalTo(filter, "value")) {
            throw BadRequestException.invalidFilter("Members are found by value eq \"id\"");
        }
        members.put(GroupMapping.member(filter.getComparisonValue().asText()), false);
    }

    private void nobody() {
        others = false;
        members.clear();
    }

    private static void require(boolean removes, Path path) throws ScimException {
        if (!removes) {
            throw BadRequestException.noTarget("Members are added and removed, not changed: " + path);
        }
    }
}
