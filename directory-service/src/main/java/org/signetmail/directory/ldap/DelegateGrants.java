package org.signetmail.directory.ldap;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.grant.GrantBody;
import org.signetmail.directory.grant.GrantStore;
import org.signetmail.directory.grant.GrantTarget;
import org.signetmail.directory.grant.GrantType;
import org.signetmail.directory.group.Party;
import org.signetmail.directory.problem.Refused;

/**
 * The grants that follow from the names in entries: whoever an entry names, or is in a group that it names, however deep,
 * may use the addresses of the entry's account. Grants of others are not touched.
 */
@Singleton
class DelegateGrants {
    private static final Logger LOG = Logger.getLogger(DelegateGrants.class);
    private static final String GIVER = "ldap";

    // UNION keeps no row twice, so that groups in a circle come to an end.
    private static final String MISMATCHES = "WITH RECURSIVE reached (target, kind, dn) AS ("
            + " SELECT e.account, l.kind, l.dn FROM ldap_link l JOIN ldap_entry e ON e.id = l.entry"
            + " WHERE l.kind <> 'member' AND e.account IS NOT NULL"
            + " UNION SELECT r.target, r.kind, m.dn FROM reached r JOIN ldap_entry g ON g.dn = r.dn"
            + " JOIN ldap_link m ON m.entry = g.id AND m.kind = 'member'),"
            + " wanted AS (SELECT DISTINCT e.account, r.kind, r.target FROM reached r"
            + " JOIN ldap_entry e ON e.dn = r.dn WHERE e.account <> r.target),"
            + " given AS (SELECT g.id, g.account, g.type, g.target_account"
            + " FROM ldap_grant l JOIN account_grant g USING (id))"
            + " SELECT g.id, w.account, w.kind, w.target FROM wanted w FULL JOIN given g"
            + " ON g.account = w.account AND g.type = w.kind AND g.target_account = w.target"
            + " WHERE g.id IS NULL OR w.account IS NULL ORDER BY w.account, w.kind, w.target, g.id";

    /** What there is to do. */
    record Plan(List<Long> toWithdraw, List<GrantBody.Checked> toGive) {}

    private final GrantStore grants;

    DelegateGrants(GrantStore grants) {
        this.grants = grants;
    }

    Plan plan(Connection connection) throws SQLException {
        var plan = new Plan(new ArrayList<>(), new ArrayList<>());
        Sql.list(
                connection,
                MISMATCHES,
                row -> row.getString("account") == null
                        ? plan.toWithdraw().add(row.getLong("id"))
                        : plan.toGive().add(read(row)));
        return plan;
    }

    /** Returns how many there were. */
    int withdraw(WriteTransaction transaction, List<Long> ids) throws SQLException {
        int withdrawn = 0;
        for (long id : ids) {
            withdrawn += grants.delete(transaction, id) ? 1 : 0;
        }
        return withdrawn;
    }

    /** Returns how many were given: none to or of an account that is gone since they were planned. */
    int give(WriteTransaction transaction, List<GrantBody.Checked> planned) throws SQLException {
        int given = 0;
        for (GrantBody.Checked grant : planned) {
            try {
                String id = grants.add(transaction, grant, GIVER).id();
                Sql.update(transaction.connection(), "INSERT INTO ldap_grant (id) VALUES (?)", Long.parseLong(id));
                given++;
            } catch (Refused gone) {
                LOG.debugf("A grant of %s to %s is not given: %s", grant.target(), grant.grantee(), gone.getMessage());
            }
        }
        return given;
    }

    private static GrantBody.Checked read(ResultSet row) throws SQLException {
        return GrantBody.Checked.unbound(
                new Party.OfAccount(new Login(row.getString("account"))),
                GrantType.of(row.getString("kind")),
                new GrantTarget.OfAccount(new Login(row.getString("target"))));
    }
}
