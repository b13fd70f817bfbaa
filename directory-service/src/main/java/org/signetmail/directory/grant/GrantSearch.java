package org.signetmail.directory.grant;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signetmail.directory.database.Sql;

/**
 * One page of grants, in the order in which they were given.
 *
 * @param domains where all that the target stands for must be, of which there must be something
 * @param after the last id of the page before
 */
public record GrantSearch(
        Optional<String> grantee, Optional<String> targetKey, Optional<Set<String>> domains, long after, int limit) {
    public List<Grant> run(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT * FROM account_grant WHERE id > ? AND (CAST(? AS text) IS NULL OR grantee = ?)"
                        + " AND (CAST(? AS text) IS NULL OR target_key = ?)"
                        + " AND (CAST(? AS text[]) IS NULL OR target_domain = ANY (?) OR (SELECT bool_and("
                        + "domain = ANY (?)) FROM address WHERE account = target_account OR group_name = target_group))"
                        + " ORDER BY id LIMIT ?",
                GrantStore::read,
                after,
                grantee,
                grantee,
                targetKey,
                targetKey,
                domains,
                domains,
                domains,
                limit);
    }
}
