package org.signetmail.directory.account;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.AddressStore;
import org.signetmail.directory.address.AddressSyntax;
import org.signetmail.directory.address.CanonicalAddress;
import org.signetmail.directory.changes.ChangeLog;
import org.signetmail.directory.credential.CredentialStore;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.credential.Verifier;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.domain.DomainStore;
import org.signetmail.directory.problem.Refused;

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

    private final AddressStore addresses;
    private final DomainStore domains;
    private final CredentialStore credentials;
    private final ChangeLog changes;

    public AccountStore(AddressStore addresses, DomainStore domains, CredentialStore credentials, ChangeLog changes) {
        this.addresses = addresses;
        this.domains = domains;
        this.credentials = credentials;
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

    /**
     * Makes the account what is given; a verifier replaces the credential. Everything is checked before anything is
     * written, so that a caller may catch the refusal and go on with the transaction.
     *
     * @throws Refused when an address is given twice or belongs to another account
     */
    public Written put(WriteTransaction transaction, Account account, Optional<Verifier> verifier) throws SQLException {
        Connection connection = transaction.connection();
        var login = new Login(account.login());
        Optional<Account> before = find(connection, login);
        if (before.equals(Optional.of(account)) && verifier.isEmpty()) {
            return Written.UNCHANGED;
        }
        List<CanonicalAddress> canonical = canonicalise(connection, account);
        Sql.update(
                connection,
                "INSERT INTO account (login, display_name, enabled, version) VALUES (?, ?, ?, ?) ON CONFLICT (login)"
                        + " DO UPDATE SET display_name = excluded.display_name, enabled = excluded.enabled",
                login.text(),
                account.displayName(),
                account.enabled(),
                transaction.version());
        boolean sameAddresses = before.map(Account::addresses).equals(Optional.of(account.addresses()));
        if (!sameAddresses) {
            addresses.replace(connection, login.text(), account.addresses(), canonical);
        }
        if (!sameAddresses && before.isPresent()) {
            changes.granteesOf(transaction, login.text());
        }
        if (verifier.isPresent()) {
            credentials.put(connection, login, verifier.get());
        }
        changes.account(transaction, login.text());
        return before.isPresent() ? Written.CHANGED : Written.CREATED;
    }

    /** Deletes the account with its addresses, its credential, and the grants to it and on it. */
    public boolean delete(WriteTransaction transaction, Login login) throws SQLException {
        changes.granteesOf(transaction, login.text());
        boolean existed = Sql.update(transaction.connection(), "DELETE FROM account WHERE login = ?", login.text()) > 0;
        if (existed) {
            changes.account(transaction, login.text());
        }
        return existed;
    }

    private List<CanonicalAddress> canonicalise(Connection connection, Account account) throws SQLException {
        Set<String> names = account.addresses().stream()
                .map(address -> AddressSyntax.check(address.address(), "addresses"))
                .collect(Collectors.toSet());
        Set<String> caseSensitive = domains.caseSensitiveAmong(connection, names);
        var canonical = new ArrayList<CanonicalAddress>();
        var positions = new HashMap<String, Integer>();
        for (int i = 0; i < account.addresses().size(); i++) {
            CanonicalAddress address = canonical(account.addresses().get(i), caseSensitive);
            canonical.add(address);
            if (positions.put(address.toString(), i) != null) {
                throw Refused.invalid(AccountBody.addressField(i), "This address is given twice");
            }
        }
        Optional<String> taken = addresses.ownedByAnother(connection, account.login(), positions.keySet());
        if (taken.isPresent()) {
            throw Refused.conflict(
                    AccountBody.addressField(positions.get(taken.get())),
                    "Another account has the address " + taken.get());
        }
        return canonical;
    }

    private static CanonicalAddress canonical(Address address, Set<String> caseSensitive) {
        CanonicalAddress folded = CanonicalAddress.of(address.address(), false).orElseThrow();
        return caseSensitive.contains(folded.domain())
                ? CanonicalAddress.of(address.address(), true).orElseThrow()
                : folded;
    }

    private List<Account> withAddresses(Connection connection, List<Account> bare) throws SQLException {
        Map<String, List<Address>> byLogin =
                addresses.of(connection, bare.stream().map(Account::login).toList());
        return bare.stream()
                .map(account -> new Account(
                        account.login(),
                        account.displayName(),
                        account.enabled(),
                        byLogin.getOrDefault(account.login(), List.of())))
                .toList();
    }
}
