package org.signetmail.directory.ldap;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.grant.GrantBody;
import org.signetmail.directory.grant.GrantStore;
import org.signetmail.directory.grant.GrantTarget;
import org.signetmail.directory.grant.GrantType;
import org.signetmail.directory.group.Party;

/**
 * The grants that follow from the names in entries: whoever an entry names, or is in a group that it names, however deep,
 * may use the addresses of the entry's account. Grants of others are not touched.
 */
@Singleton
class DelegateGrants {
    private static final String GIVER = "ldap";

    // UNION keeps no row twice, so that groups in a circle come to an end.
    private static final String REACHED = "WITH RECURSIVE reached (target, kind, dn) AS ("
            + " SELECT e.account, l.kind, l.dn FROM ldap_link l JOIN ldap_entry e ON e.id = l.entry"
            + " WHERE l.kind <> 'member' AND e.account IS NOT NULL"
            + " UNION SELECT r.target, r.kind, m.dn FROM reached r JOIN ldap_entry g ON g.dn = r.dn"
            + " JOIN ldap_link m ON m.entry = g.id AND m.kind = 'member'),"
            + " wanted AS (SELECT DISTINCT e.account, r.kind, r.target FROM reached r"
            + " JOIN ldap_entry e ON e.dn = r.dn WHERE e.account <> r.target),"
            + " given AS (SELECT g.id, g.account, g.type, g.target_account"
            + " FROM ldap_grant l JOIN account_grant g USING (id)) ";
    private static final String TO_GIVE = REACHED
            + "SELECT * FROM wanted w WHERE NOT EXISTS (SELECT FROM given g WHERE g.account = w.account"
            + " AND g.type = w.kind AND g.target_account = w.target) ORDER BY account, kind, target LIMIT ?";
    private static final String TO_WITHDRAW = REACHED
            + "SELECT id FROM given g WHERE NOT EXISTS (SELECT FROM wanted w WHERE g.account = w.account"
            + " AND g.type = w.kind AND g.target_account = w.target) ORDER BY id LIMIT ?";

    /** What one step did. */
    record Step(int given, int withdrawn) {}

    private final GrantStore grants;

    DelegateGrants(GrantStore grants) {
        this.grants = grants;
    }

    /** Withdraws and gives at most that many grants each; the work is done when both numbers are 0. */
    Step step(WriteTransaction transaction, int limit) throws SQLException {
        Connection connection = transaction.connection();
        List<Long> superfluous = Sql.list(connection, TO_WITHDRAW, row -> row.getLong(1), limit);
        for (long id : superfluous) {
            grants.delete(transaction, id);
        }
        List<GrantBody.Checked> missing = Sql.list(connection, TO_GIVE, DelegateGrants::read, limit);
        for (GrantBody.Checked grant : missing) {
            String id = grants.add(transaction, grant, GIVER).id();
            Sql.update(connection, "INSERT INTO ldap_grant (id) VALUES (?)", Long.parseLong(id));
        }
        return new Step(missing.size(), superfluous.size());
    }

    private static GrantBody.Checked read(ResultSet row) throws SQLException {
        return GrantBody.Checked.unbound(
                new Party.OfAccount(new Login(row.getString("account"))),
                GrantType.of(row.getString("kind")),
                new GrantTarget.OfAccount(new Login(row.getString("target"))));
    }
}
