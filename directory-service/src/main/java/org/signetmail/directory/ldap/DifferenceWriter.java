package org.signetmail.directory.ldap;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.signetmail.directory.account.Account;
import org.signetmail.directory.account.AccountStore;
import org.signetmail.directory.account.AccountStore.Outcome;
import org.signetmail.directory.account.AccountStore.Wanted;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.changes.Backlog;
import org.signetmail.directory.credential.Login;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.WriteTransaction;
import org.signetmail.directory.grant.GrantBody;
import org.signetmail.directory.ldap.DelegateGrants.Plan;
import org.signetmail.directory.ldap.Synchronisation.Fault;
import org.signetmail.directory.ldap.Synchronisation.Report;
import org.signetmail.directory.problem.Refused;

/**
 * Writes a difference, some hundred entries a transaction: first what goes, so that an address may move from one account to
 * another, then what comes, at last the grants.
 */
@Singleton
class DifferenceWriter {
    private final Database database;
    private final AccountStore accounts;
    private final EntryStore entries;
    private final DelegateGrants grants;
    private final Backlog backlog;

    DifferenceWriter(
            Database database, AccountStore accounts, EntryStore entries, DelegateGrants grants, Backlog backlog) {
        this.database = database;
        this.accounts = accounts;
        this.entries = entries;
        this.grants = grants;
        this.backlog = backlog;
    }

    /** Returns the report with what the writing itself found. */
    Report write(Difference difference) {
        var faults = new ArrayList<>(difference.faults);
        if (difference.changesNames()) {
            database.transaction(entries::oweGrants);
        }
        for (List<String> logins : Difference.chunks(List.copyOf(difference.accountsToDelete))) {
            backlog.await();
            database.write(transaction -> delete(transaction, logins));
        }
        for (List<String> ids : Difference.chunks(List.copyOf(difference.entriesToForget))) {
            database.transaction(connection -> entries.forget(connection, ids));
        }
        for (List<String> logins : Difference.chunks(List.copyOf(difference.toWithdraw.keySet()))) {
            backlog.await();
            database.write(transaction -> withdraw(transaction, logins, difference.toWithdraw));
        }
        for (List<LdapEntry> chunk : Difference.chunks(difference.toWrite)) {
            backlog.await();
            faults.addAll(database.write(transaction -> put(transaction, chunk, difference.linksFollow())));
        }
        return database.transaction(entries::owesGrants)
                ? grants(difference, faults)
                : difference.report().withGrants(0, 0, faults);
    }

    private int delete(WriteTransaction transaction, List<String> logins) throws SQLException {
        for (String login : logins) {
            accounts.delete(transaction, new Login(login));
        }
        return logins.size();
    }

    private List<Outcome> withdraw(WriteTransaction transaction, List<String> logins, Map<String, Set<String>> lost)
            throws SQLException {
        List<Wanted> wanted = accounts.among(transaction.connection(), logins).stream()
                .map(account -> new Wanted(without(account, lost.get(account.login())), Optional.empty()))
                .toList();
        return accounts.putAll(transaction, wanted);
    }

    /** Where the primary address goes, the first of the others is it until the account gets its new one. */
    private static Account without(Account account, Set<String> lost) {
        List<Address> left = account.addresses().stream()
                .filter(address -> !lost.contains(Difference.canonical(address)))
                .toList();
        boolean primaryLeft = left.stream().anyMatch(Address::primary);
        var addresses = new ArrayList<Address>();
        left.forEach(address ->
                addresses.add(new Address(address.address(), primaryLeft ? address.primary() : addresses.isEmpty())));
        return account.with(addresses);
    }

    private List<Fault> put(WriteTransaction transaction, List<LdapEntry> chunk, boolean linksFollow)
            throws SQLException {
        List<LdapEntry> people =
                chunk.stream().filter(entry -> entry.person().isPresent()).toList();
        Map<String, Account> stored = accounts
                .among(
                        transaction.connection(),
                        people.stream()
                                .flatMap(entry -> entry.account().stream())
                                .toList())
                .stream()
                .collect(Collectors.toMap(Account::login, Function.identity()));
        List<Outcome> outcomes = accounts.putAll(
                transaction,
                people.stream()
                        .map(entry -> new Wanted(
                                Difference.wanted(
                                        entry.person().orElseThrow(),
                                        Optional.ofNullable(
                                                stored.get(entry.account().orElseThrow()))),
                                Optional.empty()))
                        .toList());
        var faults = new ArrayList<Fault>();
        var written = new ArrayList<>(chunk);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Fault(Refused reason)) {
                faults.add(new Fault(people.get(i).dn(), reason.getMessage()));
                written.remove(people.get(i));
            }
        }
        if (linksFollow) {
            entries.follow(transaction.connection(), written);
        }
        entries.putAll(transaction.connection(), written);
        return faults;
    }

    private Report grants(Difference difference, List<Fault> faults) {
        Plan plan = database.snapshot(grants::plan);
        int withdrawn = 0;
        for (List<Long> ids : Difference.chunks(plan.toWithdraw())) {
            backlog.await();
            withdrawn += database.write(transaction -> grants.withdraw(transaction, ids));
        }
        int given = 0;
        for (List<GrantBody.Checked> chunk : Difference.chunks(plan.toGive())) {
            backlog.await();
            given += database.write(transaction -> grants.give(transaction, chunk));
        }
        return difference.report().withGrants(given, withdrawn, faults);
    }
}
