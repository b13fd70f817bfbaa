package org.signetmail.directory.account;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.AddressStore;
import org.signetmail.directory.address.AddressSyntax;
import org.signetmail.directory.address.CanonicalAddress;
import org.signetmail.directory.address.Owner;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.credential.CredentialStore;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.credential.Verifier;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.domain.DomainStore;
import org.signetmail.directory.domain.Mode;
import org.signetmail.directory.limit.Limits;
import org.signetmail.directory.problem.Refused;
import org.signetmail.directory.suspension.SuspensionStore;

/** Accounts with all that belongs to them. */
@Singleton
public class AccountStore {
    /** What a write did. */
    public enum Written {
        CREATED,
        CHANGED,
        /** The account was already so; nothing was written, and no cache needs to hear of it. */
        UNCHANGED
    }

    /** An account as it is to be, and its new credential if it gets one; of the same password it is none. */
    public record Wanted(Account account, Optional<Verifier> verifier) {}

    /** What became of one account of several. */
    public sealed interface Outcome {
        record Done(Written written) implements Outcome {}

        record Fault(Refused reason) implements Outcome {}
    }

    private static final String SETTINGS = "display_name, enabled, mode, " + Limits.COLUMNS;

    private final AddressStore addresses;
    private final DomainStore domains;
    private final CredentialStore credentials;
    private final SuspensionStore suspensions;
    private final ChangeLog changes;

    public AccountStore(
            AddressStore addresses,
            DomainStore domains,
            CredentialStore credentials,
            SuspensionStore suspensions,
            ChangeLog changes) {
        this.addresses = addresses;
        this.domains = domains;
        this.credentials = credentials;
        this.suspensions = suspensions;
        this.changes = changes;
    }

    public Optional<Account> find(Connection connection, Login login) throws SQLException {
        List<Account> bare = Sql.list(
                connection, "SELECT * FROM account WHERE login = ?", AccountSearch::withoutAddresses, login.text());
        return withAddresses(connection, bare).stream().findFirst();
    }

    /** The accounts that the search is for, with their addresses, by login. */
    public List<Account> search(Connection connection, AccountSearch search) throws SQLException {
        return withAddresses(connection, search.run(connection));
    }

    /** The accounts of these logins that exist. */
    public List<Account> among(Connection connection, Collection<String> logins) throws SQLException {
        return withAddresses(
                connection,
                Sql.list(
                        connection,
                        "SELECT * FROM account WHERE login = ANY (?)",
                        AccountSearch::withoutAddresses,
                        logins));
    }

    /** A page of all accounts by login, from behind the given one. */
    public List<Account> page(Connection connection, String after, int limit) throws SQLException {
        return withAddresses(
                connection,
                Sql.list(
                        connection,
                        "SELECT * FROM account WHERE login > ? ORDER BY login LIMIT ?",
                        AccountSearch::withoutAddresses,
                        after,
                        limit));
    }

    /**
     * Makes the account what is given; a verifier replaces the credential and ends a suspension.
     *
     * @throws Refused when an address is given twice or belongs to another account
     */
    public Written put(WriteTransaction transaction, Account account, Optional<Verifier> verifier) throws SQLException {
        Outcome outcome =
                putAll(transaction, List.of(new Wanted(account, verifier))).getFirst();
        return switch (outcome) {
            case Outcome.Done done -> done.written();
            case Outcome.Fault fault -> throw fault.reason();
        };
    }

    /**
     * Makes each account what is given, in this order, with as many statements as one takes. A refused one is left as it
     * was, and does not stop the others.
     */
    public List<Outcome> putAll(WriteTransaction transaction, List<Wanted> wanted) throws SQLException {
        AccountBatch batch = batch(transaction.connection(), wanted);
        var outcomes = new ArrayList<Outcome>();
        for (Wanted one : wanted) {
            try {
                outcomes.add(new Outcome.Done(batch.put(one)));
            } catch (Refused e) {
                outcomes.add(new Outcome.Fault(e));
            }
        }
        if (!batch.changed().isEmpty()) {
            write(transaction, batch);
        }
        return outcomes;
    }

    private AccountBatch batch(Connection connection, List<Wanted> wanted) throws SQLException {
        var logins = new HashSet<String>();
        var domainNames = new HashSet<String>();
        var canonical = new HashSet<String>();
        for (Wanted one : wanted) {
            logins.add(one.account().login());
            for (Address address : one.account().addresses()) {
                AddressSyntax.check(address.address(), "addresses");
                CanonicalAddress folded =
                        CanonicalAddress.of(address.address(), false).orElseThrow();
                domainNames.add(folded.domain());
                canonical.add(folded.toString());
                canonical.add(CanonicalAddress.of(address.address(), true)
                        .orElseThrow()
                        .toString());
            }
        }
        return new AccountBatch(
                among(connection, logins),
                addresses.owners(connection, logins, canonical),
                domains.caseSensitiveAmong(connection, domainNames));
    }

    private void write(WriteTransaction transaction, AccountBatch batch) throws SQLException {
        Connection connection = transaction.connection();
        writeSettings(transaction, batch);
        addresses.replace(
                connection,
                Owner.ACCOUNT,
                batch.readdressed().stream().map(Account::login).toList(),
                batch.rows());
        List<String> granted = batch.readdressedThatExisted();
        if (!granted.isEmpty()) {
            changes.granteesOf(transaction, granted);
        }
        if (!batch.verifiers().isEmpty()) {
            credentials.putAll(connection, batch.verifiers());
            suspensions.releaseByPassword(connection, batch.verifiers().keySet());
        }
        changes.announce(transaction, column(batch, Account::login));
    }

    private static void writeSettings(WriteTransaction transaction, AccountBatch batch) throws SQLException {
        var values = new ArrayList<Object>(List.of(
                transaction.version(),
                column(batch, Account::login),
                column(batch, account -> account.displayName().orElse(null)),
                column(batch, account -> Boolean.toString(account.enabled())),
                column(batch, account -> account.mode().map(Mode::toString).orElse(null))));
        for (int i = 0; i < Limits.MEMBERS; i++) {
            int member = i;
            values.add(column(batch, account -> limit(account, member)));
        }
        Sql.update(
                transaction.connection(),
                "INSERT INTO account (version, login, " + SETTINGS + ") SELECT ?, login, " + SETTINGS
                        + " FROM unnest(?, ?, CAST(? AS boolean[]), ?" + ", CAST(? AS bigint[])".repeat(Limits.MEMBERS)
                        + ") AS given (login, " + SETTINGS + ")"
                        + " ON CONFLICT (login) DO UPDATE SET (version, " + SETTINGS + ") = (excluded.version, "
                        + SETTINGS.replaceAll("\\w+", "excluded.$0") + ")",
                values.toArray());
    }

    private static String limit(Account account, int member) {
        return account.limits()
                .flatMap(limits -> limits.values().get(member))
                .map(String::valueOf)
                .orElse(null);
    }

    private static List<String> column(AccountBatch batch, Function<Account, String> value) {
        return new ArrayList<>(batch.changed().stream().map(value).toList());
    }

    /** Deletes the account with its addresses, its credential, and the grants to it and on it. */
    public boolean delete(WriteTransaction transaction, Login login) throws SQLException {
        changes.granteesOf(transaction, List.of(login.text()));
        boolean existed = Sql.update(transaction.connection(), "DELETE FROM account WHERE login = ?", login.text()) > 0;
        if (existed) {
            changes.account(transaction, login.text());
        }
        return existed;
    }

    private List<Account> withAddresses(Connection connection, List<Account> bare) throws SQLException {
        Map<String, List<Address>> byLogin = addresses.of(
                connection, Owner.ACCOUNT, bare.stream().map(Account::login).toList());
        return bare.stream()
                .map(account -> account.with(byLogin.getOrDefault(account.login(), List.of())))
                .toList();
    }
}
