package org.signetmail.directory.scim;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.group.GroupName;

/** Groups with their external ids and members, as SCIM searches them. */
@Singleton
class StoredGroups {
    /** Those of these names that there are, by name. */
    List<StoredGroup> among(Connection connection, Collection<String> names) throws SQLException {
        return Sql.list(
                connection,
                "SELECT name, display_name, external_id, md5(concat_ws(chr(10), name, display_name, external_id,"
                        + " (SELECT string_agg(member, chr(10) ORDER BY member) FROM group_member m"
                        + " WHERE m.group_name = name))) AS digest"
                        + " FROM mail_group LEFT JOIN scim_group ON group_name = name WHERE name = ANY (?) ORDER BY name",
                row -> new StoredGroup(
                        new GroupName(row.getString("name")),
                        Sql.text(row, "display_name"),
                        Sql.text(row, "external_id"),
                        row.getString("digest")),
                names);
    }

    /** Members as they are written, by group. */
    Map<String, List<String>> members(Connection connection, Collection<String> names) throws SQLException {
        var members = new HashMap<String, List<String>>();
        Sql.list(
                connection,
                "SELECT group_name, member FROM group_member WHERE group_name = ANY (?) ORDER BY group_name, member",
                row -> members.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                        .add(row.getString(2)),
                names);
        return members;
    }

    /** The names behind this one, from a place on; of several no more than have that many members together. */
    List<String> names(Connection connection, String after, long offset, int limit, long mostMembers)
            throws SQLException {
        return Sql.list(
                connection,
                "WITH page AS (SELECT name FROM mail_group WHERE name > ? ORDER BY name OFFSET ? LIMIT ?),"
                        + " summed AS (SELECT name, row_number() OVER by_name AS place, sum((SELECT count(*)"
                        + " FROM group_member WHERE group_name = name)) OVER by_name AS members"
                        + " FROM page WINDOW by_name AS (ORDER BY name))"
                        + " SELECT name FROM summed WHERE place = 1 OR members <= ? ORDER BY name",
                row -> row.getString(1),
                after,
                offset,
                limit,
                mostMembers);
    }

    long count(Connection connection) throws SQLException {
        return Sql.one(connection, "SELECT count(*) FROM mail_group", row -> row.getLong(1))
                .orElseThrow();
    }

    List<String> calledSo(Connection connection, String displayName) throws SQLException {
        return Sql.list(
                connection,
                "SELECT name FROM mail_group WHERE lower(display_name) = lower(?)",
                row -> row.getString(1),
                displayName);
    }

    List<String> ofExternalId(Connection connection, String externalId) throws SQLException {
        return Sql.list(
                connection,
                "SELECT group_name FROM scim_group WHERE external_id = ?",
                row -> row.getString(1),
                externalId);
    }

    /** The groups that this account or group is itself a member of. */
    List<String> withMember(Connection connection, String member) throws SQLException {
        return Sql.list(
                connection,
                "SELECT group_name FROM group_member WHERE account = ? OR 'group:' || member_group = ? ORDER BY 1",
                row -> row.getString(1),
                member,
                member);
    }

    /** The names that begin so. */
    Set<String> beginning(Connection connection, String prefix) throws SQLException {
        return new HashSet<>(Sql.list(
                connection, "SELECT name FROM mail_group WHERE starts_with(name, ?)", row -> row.getString(1), prefix));
    }

    void putExternalId(Connection connection, GroupName name, Optional<String> externalId) throws SQLException {
        if (externalId.isEmpty()) {
            Sql.update(connection, "DELETE FROM scim_group WHERE group_name = ?", name.text());
            return;
        }
        Sql.update(
                connection,
                "INSERT INTO scim_group (group_name, external_id) VALUES (?, ?)"
                        + " ON CONFLICT (group_name) DO UPDATE SET external_id = excluded.external_id",
                name.text(),
                externalId.get());
    }
}
