package org.signetmail.directory.finding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.signetmail.directory.finding.Finding.Objects;

/** What is looked for in grants: those that give nothing, or give it to nobody. */
final class GrantRules {
    private static final String GRANT = "SELECT g.id AS key, g.grantee, g.target FROM account_grant g ";
    private static final String NEXT = " AND g.id > ? ORDER BY g.id LIMIT ?";
    private static final String REGISTERED = "EXISTS (SELECT FROM domain WHERE name = g.target_domain)";

    static final List<Rule> ALL = List.of(
            rule(
                    Kind.GRANT_TO_DISABLED_ACCOUNT,
                    "JOIN account a ON a.login = g.account WHERE NOT a.enabled",
                    "The account that it is given to is disabled"),
            rule(
                    Kind.GRANT_TO_EMPTY_GROUP,
                    "WHERE g.group_name IS NOT NULL"
                            + " AND NOT EXISTS (SELECT FROM group_member WHERE group_name = g.group_name)",
                    "The group that it is given to has no members"),
            rule(
                    Kind.GRANT_OF_UNOWNED_ADDRESS,
                    "JOIN domain d ON d.name = g.target_domain CROSS JOIN LATERAL"
                            + " (SELECT left(g.target_key, -char_length(d.name) - 1) AS folded,"
                            // The key is without case; an address of a domain with case is stored as it is written.
                            + " normalize(regexp_replace(g.target, '@[^@]*$', '')) AS written) AS part"
                            + " WHERE folded <> '*' AND NOT EXISTS (SELECT FROM address WHERE canonical = ANY (ARRAY["
                            + " folded || '@' || d.name, written || '@' || d.name,"
                            + " split_part(folded, d.subaddress_delimiter, 1) || '@' || d.name,"
                            + " split_part(written, d.subaddress_delimiter, 1) || '@' || d.name]))",
                    "The address that it gives belongs to nobody"),
            rule(
                    Kind.GRANT_OF_UNREGISTERED_DOMAIN,
                    "WHERE g.target_domain IS NOT NULL AND NOT " + REGISTERED,
                    "The domain that it gives addresses of is not registered"),
            rule(
                    Kind.GRANT_OF_NO_ADDRESSES,
                    "WHERE g.target_domain IS NULL AND NOT EXISTS"
                            + " (SELECT FROM address WHERE account = g.target_account OR group_name = g.target_group)",
                    "The account or group whose addresses it gives has none"),
            rule(Kind.EXPIRED_GRANT, "WHERE g.valid_until <= clock_timestamp()", "It has come to its end"));

    private GrantRules() {}

    private static Rule rule(Kind kind, String which, String detail) {
        return Rule.byNumber(kind, GRANT + which + NEXT, row -> finding(kind, row, detail));
    }

    private static Finding finding(Kind kind, ResultSet row, String detail) throws SQLException {
        String id = row.getString("key");
        return new Finding(
                kind,
                Objects.ofGrant(row.getString("grantee"), List.of(row.getString("target")), id),
                detail,
                "DELETE /api/v1/grants/" + id);
    }
}
