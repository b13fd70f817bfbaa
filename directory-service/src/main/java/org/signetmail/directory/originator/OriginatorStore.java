package org.signetmail.directory.originator;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.signetmail.directory.credential.ApplicationPassword;
import org.signetmail.directory.credential.ApplicationPasswordStore;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.domain.Domain;
import org.signetmail.directory.domain.DomainStore;
import org.signetmail.directory.domain.Mode;
import org.signetmail.directory.grant.GrantType;
import org.signetmail.directory.group.GroupsAbove;
import org.signetmail.directory.group.Party;
import org.signetmail.directory.originator.Originators.CredentialBounds;
import org.signetmail.directory.originator.Originators.DomainRule;
import org.signetmail.directory.originator.Originators.Originator;
import org.signetmail.directory.originator.Originators.Source;
import org.signetmail.directory.originator.Originators.Suspended;
import org.signetmail.directory.originator.Originators.Use;

/** Puts together what an account may use, of all tables. */
@Singleton
public class OriginatorStore {
    /** An account without what belongs to it. */
    public record Current(boolean enabled, Optional<Mode> mode, long version, Optional<Suspended> suspended) {}

    private record Usable(Originator originator, String domain) {}

    private final DomainStore domains;
    private final ApplicationPasswordStore passwords;

    public OriginatorStore(DomainStore domains, ApplicationPasswordStore passwords) {
        this.domains = domains;
        this.passwords = passwords;
    }

    /** Empty when there is no such account. */
    public Optional<Current> current(Connection connection, Login login) throws SQLException {
        return Sql.one(
                connection,
                "SELECT enabled, mode, greatest(account.version, domains) AS version, since, reason"
                        + " FROM directory_version, account"
                        + " LEFT JOIN suspension ON suspension.account = login AND ended_at IS NULL WHERE login = ?",
                OriginatorStore::current,
                login.text());
    }

    private static Current current(ResultSet row) throws SQLException {
        Optional<Instant> since = Sql.instant(row, "since");
        String reason = row.getString("reason");
        return new Current(
                row.getBoolean("enabled"),
                Sql.text(row, "mode").map(Mode::of),
                row.getLong("version"),
                since.map(instant -> new Suspended(instant, reason)));
    }

    /** Reads several tables: needs a snapshot. */
    public Originators read(Connection connection, Login login, Current current) throws SQLException {
        List<Usable> own = own(connection, login);
        var all = new ArrayList<>(own);
        all.addAll(granted(connection, login));
        Set<String> names = all.stream().map(Usable::domain).collect(Collectors.toSet());
        List<Domain> registered = domains.among(connection, names);
        Optional<Usable> primary = own.stream()
                .filter(usable -> usable.originator().source() == Source.PRIMARY)
                .findFirst();
        return new Originators(
                login.text(),
                current.enabled(),
                current.version(),
                current.mode()
                        .or(() -> primary.map(usable -> mode(registered, usable.domain())))
                        .orElse(Mode.ENFORCE),
                primary.map(usable -> usable.originator().address()),
                all.stream().map(Usable::originator).toList(),
                registered.stream().map(OriginatorStore::rule).toList(),
                passwords.of(connection, login).stream()
                        .map(OriginatorStore::bounds)
                        .toList(),
                current.suspended());
    }

    private static List<Usable> own(Connection connection, Login login) throws SQLException {
        return Sql.list(
                connection,
                "SELECT address, domain, is_primary FROM address WHERE account = ? ORDER BY is_primary DESC, position",
                row -> new Usable(
                        Originator.own(
                                row.getString("address"),
                                row.getBoolean("is_primary") ? Source.PRIMARY : Source.SECONDARY),
                        row.getString("domain")),
                login.text());
    }

    /**
     * A grant on an account or a group stands for its own addresses, never for its grants: no row of grant joins another.
     * The grantee is the account, or a group that it is in, however deep.
     */
    private static List<Usable> granted(Connection connection, Login login) throws SQLException {
        GroupsAbove groups = GroupsAbove.of(connection, new Party.OfAccount(login));
        var grantees = new ArrayList<String>();
        grantees.add(login.text());
        groups.names().forEach(name -> grantees.add(Party.GROUP + name));
        return Sql.list(
                connection,
                "SELECT g.id, g.type, g.group_name, g.valid_from, g.valid_until, g.networks, c.credential,"
                        + " coalesce(a.address, g.target) AS address, coalesce(a.domain, g.target_domain) AS domain"
                        + " FROM account_grant g LEFT JOIN LATERAL ("
                        + " SELECT address, domain, position FROM address WHERE account = g.target_account UNION ALL"
                        + " SELECT address, domain, position FROM address WHERE group_name = g.target_group) a ON true"
                        + " LEFT JOIN LATERAL unnest(g.credentials) AS c (credential) ON true"
                        + " WHERE g.grantee = ANY (?) AND (g.valid_until IS NULL OR g.valid_until > clock_timestamp())"
                        + " AND (g.target_domain IS NOT NULL OR a.address IS NOT NULL)"
                        + " ORDER BY g.id, a.position, c.credential",
                row -> grantedAddress(row, groups),
                grantees);
    }

    private static Usable grantedAddress(ResultSet row, GroupsAbove groups) throws SQLException {
        var originator = new Originator(
                row.getString("address"),
                Use.of(GrantType.of(row.getString("type"))),
                Source.GRANT,
                Optional.of(Long.toString(row.getLong("id"))),
                Sql.text(row, "group_name").map(groups::wayTo).map(OriginatorStore::named),
                Sql.instant(row, "valid_from"),
                Sql.instant(row, "valid_until"),
                Sql.texts(row, "networks"),
                Sql.text(row, "credential"));
        return new Usable(originator, row.getString("domain"));
    }

    private static List<String> named(List<String> groups) {
        return groups.stream().map(name -> Party.GROUP + name).toList();
    }

    private static Mode mode(List<Domain> registered, String name) {
        return registered.stream()
                .filter(domain -> domain.domain().equals(name))
                .map(Domain::mode)
                .findFirst()
                .orElse(Mode.ENFORCE);
    }

    private static CredentialBounds bounds(ApplicationPassword password) {
        return new CredentialBounds(password.id(), password.addresses(), password.networks(), password.validUntil());
    }

    private static DomainRule rule(Domain domain) {
        return new DomainRule(domain.domain(), domain.subaddressDelimiter(), domain.caseSensitiveLocalPart());
    }
}
