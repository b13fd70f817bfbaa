package org.signetmail.directory.group;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signetmail.directory.database.Sql;

/** The groups that an account or a group is in, however deep, each with a shortest way to it. */
public final class GroupsAbove {
    // Steps rather than ways: UNION keeps no step twice, however many ways lead over it.
    private static final String STEPS =
            "WITH RECURSIVE step (below, above) AS (SELECT CAST(NULL AS text) COLLATE \"C\", group_name"
                    + " FROM group_member WHERE %s = ?"
                    + " UNION SELECT m.member_group, m.group_name FROM step s"
                    + " JOIN group_member m ON m.member_group = s.above) SELECT * FROM step ORDER BY above, below";

    private record Step(Optional<String> below, String above) {}

    /** The group below, by group; empty where the party itself is the member. */
    private final Map<String, Optional<String>> reachedFrom;

    private GroupsAbove(Map<String, Optional<String>> reachedFrom) {
        this.reachedFrom = reachedFrom;
    }

    public static GroupsAbove of(Connection connection, Party party) throws SQLException {
        String name = party.account().or(party::group).orElseThrow();
        String member = party.account().isPresent() ? "account" : "member_group";
        List<Step> steps = Sql.list(
                connection,
                STEPS.formatted(member),
                row -> new Step(Sql.text(row, "below"), row.getString("above")),
                name);
        return new GroupsAbove(breadthFirst(steps));
    }

    /** Those groups, the nearest first. */
    public Set<String> names() {
        return reachedFrom.keySet();
    }

    /** The groups from the one that the party is a member of up to this one. */
    public List<String> wayTo(String group) {
        var way = new ArrayList<String>();
        for (Optional<String> at = Optional.of(group); at.isPresent(); at = reachedFrom.get(at.get())) {
            way.add(at.get());
        }
        Collections.reverse(way);
        return way;
    }

    private static Map<String, Optional<String>> breadthFirst(List<Step> steps) {
        Map<Optional<String>, List<String>> upward = new LinkedHashMap<>();
        steps.forEach(step ->
                upward.computeIfAbsent(step.below(), below -> new ArrayList<>()).add(step.above()));
        var reachedFrom = new LinkedHashMap<String, Optional<String>>();
        var next = new ArrayDeque<>(List.of(Optional.<String>empty()));
        while (!next.isEmpty()) {
            Optional<String> below = next.remove();
            for (String above : upward.getOrDefault(below, List.of())) {
                if (reachedFrom.putIfAbsent(above, below) == null) {
                    next.add(Optional.of(above));
                }
            }
        }
        return reachedFrom;
    }
}
