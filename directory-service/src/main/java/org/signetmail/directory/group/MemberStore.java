package org.signetmail.directory.group;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.problem.Refused;

/** The table of memberships. */
@Singleton
public class MemberStore {
    private static final int MOST = 100_000;

    /** Somebody who is to become a member; the field is where the request names them. */
    public record Candidate(Party party, String field) {}

    private final ChangeLog changes;

    public MemberStore(ChangeLog changes) {
        this.changes = changes;
    }

    /** A page of the group's own members, accounts and groups, in the order of their names. */
    public List<String> page(Connection connection, GroupName group, String after, int limit) throws SQLException {
        return Sql.list(
                connection,
                "SELECT member FROM group_member WHERE group_name = ? AND member > ? ORDER BY member LIMIT ?",
                row -> row.getString(1),
                group.text(),
                after,
                limit);
    }

    /**
     * Adds those who are no members yet, and returns how many.
     *
     * @throws Refused when one does not exist, would close a circle or would make the nesting or the group too large
     */
    public int add(WriteTransaction transaction, GroupName group, List<Candidate> candidates) throws SQLException {
        Connection connection = transaction.connection();
        requireAll(connection, candidates);
        var nesting = new Nesting(connection, group);
        for (Candidate candidate : candidates) {
            if (candidate.party() instanceof Party.OfGroup(GroupName member)) {
                nesting.check(member, candidate.field());
            }
        }
        List<Party> added = written(
                connection,
                "INSERT INTO group_member (group_name, account, member_group)"
                        + " SELECT ?, account, name FROM unnest(?, ?) AS given (account, name)"
                        + " ON CONFLICT DO NOTHING RETURNING member",
                group,
                candidates.stream().map(Candidate::party).toList());
        if (size(connection, group) > MOST) {
            throw Refused.conflict(
                    candidates.getFirst().field(), "A group has at most " + MOST + " members of its own");
        }
        announce(transaction, added);
        return added.size();
    }

    /** Removes those who are members, and returns how many. */
    public int remove(WriteTransaction transaction, GroupName group, List<Party> members) throws SQLException {
        List<Party> removed = written(
                transaction.connection(),
                "DELETE FROM group_member WHERE group_name = ?"
                        + " AND (account = ANY (?) OR member_group = ANY (?)) RETURNING member",
                group,
                members);
        announce(transaction, removed);
        return removed.size();
    }

    private static List<Party> written(Connection connection, String sql, GroupName group, List<Party> parties)
            throws SQLException {
        return Sql.list(
                connection,
                sql,
                row -> Party.of(row.getString(1)).orElseThrow(),
                group.text(),
                column(parties, true),
                column(parties, false));
    }

    private static List<String> column(List<Party> parties, boolean accounts) {
        var column = new ArrayList<String>();
        parties.forEach(party -> column.add((accounts ? party.account() : party.group()).orElse(null)));
        return column;
    }

    private void announce(WriteTransaction transaction, List<Party> moved) throws SQLException {
        changes.accounts(
                transaction,
                moved.stream().map(Party::account).flatMap(Optional::stream).toList());
        for (Party party : moved) {
            if (party instanceof Party.OfGroup(GroupName name)) {
                changes.accountsBelow(transaction, name.text());
            }
        }
    }

    private static void requireAll(Connection connection, List<Candidate> candidates) throws SQLException {
        List<Party> parties = candidates.stream().map(Candidate::party).toList();
        Set<String> there = new HashSet<>(Sql.list(
                connection,
                "SELECT login FROM account WHERE login = ANY (?)"
                        + " UNION ALL SELECT 'group:' || name FROM mail_group WHERE name = ANY (?)",
                row -> row.getString(1),
                column(parties, true),
                column(parties, false)));
        for (Candidate candidate : candidates) {
            if (!there.contains(candidate.party().toString())) {
                throw Refused.invalid(candidate.field(), "There is no account or group " + candidate.party());
            }
        }
    }

    private static long size(Connection connection, GroupName group) throws SQLException {
        return Sql.one(
                        connection,
                        "SELECT count(*) FROM group_member WHERE group_name = ?",
                        row -> row.getLong(1),
                        group.text())
                .orElseThrow();
    }
}
