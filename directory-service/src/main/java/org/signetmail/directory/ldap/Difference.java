package org.signetmail.directory.ldap;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.signetmail.directory.LdapConfig;
import org.signetmail.directory.account.Account;
import org.signetmail.directory.account.AccountStore;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.CanonicalAddress;
import org.signetmail.directory.ldap.EntryStore.Known;
import org.signetmail.directory.ldap.LdapEntry.Link;
import org.signetmail.directory.ldap.LdapEntry.Person;
import org.signetmail.directory.ldap.LdapReader.Reading;
import org.signetmail.directory.ldap.Synchronisation.Change;
import org.signetmail.directory.ldap.Synchronisation.Fault;
import org.signetmail.directory.ldap.Synchronisation.Kind;
import org.signetmail.directory.ldap.Synchronisation.Report;

/** Compares what was read with what is stored, without writing anything. */
final class Difference {
    private static final int NAMED = 1000;
    private static final int CHUNK = 500;

    private final EntryStore store;
    private final AccountStore accounts;
    private final LdapConfig config;
    private final Reading reading;

    /** Entries that are to be written, and accounts and entries that are to go. */
    final List<LdapEntry> toWrite = new ArrayList<>();

    /** Canonical addresses that accounts lose, by login: withdrawn first, as another entry may have them now. */
    final Map<String, Set<String>> toWithdraw = new HashMap<>();

    final Set<String> accountsToDelete = new LinkedHashSet<>();
    final Set<String> entriesToForget = new LinkedHashSet<>();
    final List<Fault> faults = new ArrayList<>();

    /** Entries that are none any more, or whose names are others now. */
    private boolean namesChange;

    private final List<Change> changes = new ArrayList<>();
    private final Map<String, String> owners = new HashMap<>();
    private final Map<Kind, Long> counts = new HashMap<>();
    private long addresses;
    private long withdrawn;

    private Difference(EntryStore store, AccountStore accounts, LdapConfig config, Reading reading) {
        this.store = store;
        this.accounts = accounts;
        this.config = config;
        this.reading = reading;
    }

    /** Needs a snapshot. */
    static Difference of(
            Connection connection, EntryStore store, AccountStore accounts, LdapConfig config, Reading reading)
            throws SQLException {
        var difference = new Difference(store, accounts, config, reading);
        difference.compare(connection);
        return difference;
    }

    boolean isEmpty() {
        return toWrite.isEmpty() && entriesToForget.isEmpty() && accountsToDelete.isEmpty();
    }

    long withdrawn() {
        return withdrawn;
    }

    /** Whether it would withdraw a larger share than the limit. */
    boolean withdrawsTooMuch() {
        return withdrawn * 100 > addresses * config.withdrawalLimit();
    }

    /** Whether other grants may follow from what is stored than before. A sweep also finds what was changed here. */
    boolean changesNames() {
        return reading.everything() || namesChange;
    }

    /** Whether the names in entries follow those that they name without being read. */
    boolean linksFollow() {
        return reading.cursor().numbered() && !reading.everything();
    }

    Report report() {
        return new Report(
                reading.everything(),
                reading.entries().size(),
                counts.getOrDefault(Kind.CREATED, 0L),
                counts.getOrDefault(Kind.CHANGED, 0L),
                counts.getOrDefault(Kind.DELETED, 0L),
                addresses,
                withdrawn,
                0,
                0,
                List.copyOf(changes),
                List.copyOf(faults),
                Optional.empty());
    }

    /** The account as LDAP wants it; what LDAP does not know of stays as it is stored. */
    static Account wanted(Person person, Optional<Account> stored) {
        return new Account(
                person.login().text(),
                person.displayName(),
                person.enabled(),
                stored.flatMap(Account::mode),
                stored.flatMap(Account::limits),
                person.addresses());
    }

    private void compare(Connection connection) throws SQLException {
        Set<String> gone = reading.everything() ? store.ids(connection) : new HashSet<>(reading.unwanted());
        reading.entries().forEach(entry -> gone.remove(entry.id()));
        Set<String> orphans = new HashSet<>();
        for (List<String> chunk : chunks(List.copyOf(gone))) {
            for (Known known : store.among(connection, chunk).values()) {
                entriesToForget.add(known.id());
                namesChange = true;
                known.account().ifPresent(orphans::add);
            }
        }
        for (List<LdapEntry> chunk : chunks(reading.entries())) {
            compare(connection, chunk, orphans);
        }
        for (List<String> chunk : chunks(List.copyOf(orphans))) {
            for (Account account : accounts.among(connection, chunk)) {
                delete(account, "");
            }
        }
        addresses = store.addresses(connection, addressesThatCount());
    }

    /** Where few entries were read, no more are counted than it takes to know that less than the limit is withdrawn. */
    private long addressesThatCount() {
        if (reading.everything() || config.withdrawalLimit() == 0) {
            return Long.MAX_VALUE;
        }
        return withdrawn * 100 / config.withdrawalLimit() + 1;
    }

    private void compare(Connection connection, List<LdapEntry> chunk, Set<String> orphans) throws SQLException {
        Map<String, Known> known =
                store.among(connection, chunk.stream().map(LdapEntry::id).toList());
        var logins = new HashSet<String>();
        chunk.forEach(entry ->
                entry.person().ifPresent(person -> logins.add(person.login().text())));
        known.values().forEach(entry -> entry.account().ifPresent(logins::add));
        store.owners(connection, logins).forEach((login, id) -> {
            // An entry that was deleted and made anew under the same login goes on with its account.
            if (!entriesToForget.contains(id)) {
                owners.putIfAbsent(login, id);
            }
        });
        Map<String, Account> stored = accounts.among(connection, logins).stream()
                .collect(Collectors.toMap(Account::login, account -> account));
        for (LdapEntry entry : chunk) {
            entry.faults().forEach(detail -> fault(entry, detail));
            compare(entry, Optional.ofNullable(known.get(entry.id())), stored, orphans);
        }
    }

    private void compare(LdapEntry entry, Optional<Known> known, Map<String, Account> stored, Set<String> orphans) {
        boolean sameNames = known.isPresent()
                && known.get().dn().equals(entry.dn())
                && known.get().links().equals(entry.links());
        if (entry.person().isEmpty()) {
            if (!sameNames) {
                namesChange = true;
                toWrite.add(entry);
                note(Kind.NAMES, known.flatMap(Known::account), entry, List.of(), List.of(), names(known, entry));
            }
            return;
        }
        String login = entry.person().get().login().text();
        Optional<Account> before = Optional.ofNullable(stored.get(login));
        String owner = owners.get(login);
        if (owner != null && !owner.equals(entry.id())) {
            fault(entry, "Another entry has the login " + login);
            return;
        }
        boolean foreign = before.isPresent() && owner == null && !orphans.contains(login);
        if (foreign && !config.adopt()) {
            fault(entry, "The account " + login + " exists and does not come from LDAP");
            return;
        }
        owners.put(login, entry.id());
        orphans.remove(login);
        known.flatMap(Known::account)
                .filter(former -> !former.equals(login))
                .map(stored::get)
                .ifPresent(former -> delete(former, entry.dn()));
        Account after = wanted(entry.person().get(), before);
        boolean same = before.equals(Optional.of(after));
        boolean sameOwner = known.flatMap(Known::account).equals(Optional.of(login));
        namesChange |= !sameNames || !sameOwner;
        if (!same || !sameNames || !sameOwner) {
            toWrite.add(entry);
            note(entry, before, after, names(known, entry));
        }
    }

    private void note(LdapEntry entry, Optional<Account> before, Account after, List<String> names) {
        Set<String> old = before.map(Difference::canonical).orElse(Set.of());
        Set<String> now = canonical(after);
        Set<String> lost = new LinkedHashSet<>(old);
        if (!before.map(Account::enabled).orElse(true) || after.enabled()) {
            lost.removeAll(now);
        }
        Set<String> removed = new LinkedHashSet<>(old);
        removed.removeAll(now);
        if (!removed.isEmpty()) {
            toWithdraw.put(after.login(), removed);
        }
        Set<String> given = new LinkedHashSet<>(now);
        given.removeAll(old);
        withdrawn += lost.size();
        Kind kind = before.isEmpty() ? Kind.CREATED : before.get().equals(after) ? Kind.NAMES : Kind.CHANGED;
        note(kind, Optional.of(after.login()), entry, given, lost, names);
    }

    private void delete(Account account, String dn) {
        accountsToDelete.add(account.login());
        withdrawn += account.addresses().size();
        counts.merge(Kind.DELETED, 1L, Long::sum);
        if (changes.size() < NAMED) {
            List<String> lost = List.copyOf(canonical(account));
            changes.add(new Change(Kind.DELETED, Optional.of(account.login()), dn, List.of(), lost, List.of()));
        }
    }

    private void note(
            Kind kind,
            Optional<String> account,
            LdapEntry entry,
            Collection<String> given,
            Collection<String> lost,
            List<String> names) {
        counts.merge(kind, 1L, Long::sum);
        if (changes.size() < NAMED) {
            changes.add(new Change(kind, account, entry.dn(), List.copyOf(given), List.copyOf(lost), names));
        }
    }

    private void fault(LdapEntry entry, String detail) {
        if (faults.size() < NAMED) {
            faults.add(new Fault(entry.dn(), detail));
        }
    }

    private static List<String> names(Optional<Known> known, LdapEntry entry) {
        Set<Link> old = known.map(Known::links).orElse(Set.of());
        var names = new ArrayList<String>();
        entry.links().stream().filter(link -> !old.contains(link)).forEach(link -> names.add("+" + text(link)));
        old.stream().filter(link -> !entry.links().contains(link)).forEach(link -> names.add("-" + text(link)));
        return names;
    }

    private static String text(Link link) {
        return link.kind() + " " + link.dn();
    }

    static String canonical(Address address) {
        return CanonicalAddress.of(address.address(), false).orElseThrow().toString();
    }

    private static Set<String> canonical(Account account) {
        return account.addresses().stream()
                .map(Difference::canonical)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static <T> List<List<T>> chunks(List<T> all) {
        var chunks = new ArrayList<List<T>>();
        for (int i = 0; i < all.size(); i += CHUNK) {
            chunks.add(all.subList(i, Math.min(all.size(), i + CHUNK)));
        }
        return chunks;
    }
}
