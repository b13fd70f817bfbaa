package org.signetmail.directory.group;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.problem.Refused;

/**
 * Whether a group may become a member of another: no circle, and no more than so many groups in a row. Writers wait for
 * each other, so that no two can close a circle together.
 */
final class Nesting {
    static final int DEEPEST = 10;

    private static final String LONGEST_ROW = "WITH RECURSIVE above (name, place) AS (VALUES (%1$s, 1)"
            + " UNION SELECT m.group_name, a.place + 1 FROM above a JOIN group_member m ON m.member_group = a.name),"
            + " below (name, place) AS (VALUES (%1$s, 1)"
            + " UNION SELECT m.member_group, b.place + 1 FROM below b JOIN group_member m ON m.group_name = b.name"
            + " WHERE m.member_group IS NOT NULL)"
            + " SELECT (SELECT max(place) FROM above) + (SELECT max(place) FROM below)";
    private static final String NAME = "CAST(? AS text) COLLATE \"C\"";

    private final Connection connection;
    private final GroupName group;
    private final GroupsAbove above;

    /** @param group the one that gets members */
    Nesting(Connection connection, GroupName group) throws SQLException {
        this.connection = connection;
        this.group = group;
        this.above = GroupsAbove.of(connection, new Party.OfGroup(group));
    }

    /** @throws Refused when the group may not get this one as a member */
    void check(GroupName member, String field) throws SQLException {
        if (member.equals(group) || above.names().contains(member.text())) {
            throw Refused.conflict(field, "This would be a circle: " + String.join(" > ", circle(member.text())));
        }
        int deepest = Sql.one(
                        connection, LONGEST_ROW.formatted(NAME), row -> row.getInt(1), group.text(), member.text())
                .orElseThrow();
        if (deepest > DEEPEST) {
            throw Refused.conflict(field, "Groups would be nested " + deepest + " deep; " + DEEPEST + " is the most");
        }
    }

    /** From the member, which is above the group already, down to the group, and the member again. */
    private List<String> circle(String member) {
        var circle = new ArrayList<String>();
        if (!member.equals(group.text())) {
            circle.addAll(above.wayTo(member).reversed());
        }
        circle.add(group.text());
        circle.add(member);
        return circle;
    }
}
