package org.signetmail.directory.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.signetmail.directory.account.AccountStore.Wanted;
import org.signetmail.directory.account.AccountStore.Written;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.address.AddressClaim;
import org.signetmail.directory.address.AddressStore.Addressed;
import org.signetmail.directory.credential.Verifier;
import org.signetmail.directory.problem.Refused;

/**
 * What a batch of writes comes to, worked out in memory, so that a few statements can write it: each account is put as if
 * those before it in the batch were written already.
 */
final class AccountBatch {
    private final Map<String, Account> before;
    private final Map<String, Account> current;
    private final Map<String, String> owners;
    private final Map<String, List<String>> owned = new HashMap<>();
    private final Set<String> caseSensitive;
    private final Map<String, Account> changed = new LinkedHashMap<>();
    private final Map<String, Verifier> verifiers = new LinkedHashMap<>();

    /**
     * @param before the accounts of the batch that exist
     * @param owners owner by canonical address: every address that the batch wants or that its accounts have
     * @param caseSensitive domains of the batch whose local parts distinguish case
     */
    AccountBatch(Collection<Account> before, Map<String, String> owners, Set<String> caseSensitive) {
        this.before = before.stream().collect(Collectors.toMap(Account::login, account -> account));
        this.current = new HashMap<>(this.before);
        this.owners = new HashMap<>(owners);
        this.caseSensitive = caseSensitive;
        owners.forEach((canonical, login) ->
                owned.computeIfAbsent(login, key -> new ArrayList<>()).add(canonical));
    }

    /** @throws Refused when an address is given twice or belongs to another account; then nothing of it counts */
    Written put(Wanted wanted) {
        Account account = wanted.account();
        String login = account.login();
        Optional<Account> stored = Optional.ofNullable(current.get(login));
        if (stored.equals(Optional.of(account)) && wanted.verifier().isEmpty()) {
            return Written.UNCHANGED;
        }
        List<String> canonical = AddressClaim.check(login, account.addresses(), owners, caseSensitive);
        owned.getOrDefault(login, List.of()).forEach(owners::remove);
        canonical.forEach(address -> owners.put(address, login));
        owned.put(login, canonical);
        current.put(login, account);
        changed.put(login, account);
        wanted.verifier().ifPresent(verifier -> verifiers.put(login, verifier));
        return stored.isPresent() ? Written.CHANGED : Written.CREATED;
    }

    /** The accounts to write, as they are to be in the end. */
    Collection<Account> changed() {
        return changed.values();
    }

    /** Those of them whose addresses are others than before. */
    List<Account> readdressed() {
        return changed.values().stream()
                .filter(account -> !account.addresses().equals(addressesBefore(account.login())))
                .toList();
    }

    /** Those of them that somebody may have been granted. */
    List<String> readdressedThatExisted() {
        return readdressed().stream()
                .map(Account::login)
                .filter(before::containsKey)
                .toList();
    }

    /** The rows of the address table of all that are {@link #readdressed}. */
    List<Addressed> rows() {
        return readdressed().stream().flatMap(this::rows).toList();
    }

    /** New credentials by login. */
    Map<String, Verifier> verifiers() {
        return verifiers;
    }

    private Stream<Addressed> rows(Account account) {
        List<String> canonical = owned.get(account.login());
        var rows = new ArrayList<Addressed>();
        for (int i = 0; i < canonical.size(); i++) {
            rows.add(new Addressed(account.login(), account.addresses().get(i), canonical.get(i), i));
        }
        return rows.stream();
    }

    private List<Address> addressesBefore(String login) {
        Account account = before.get(login);
        return account == null ? List.of() : account.addresses();
    }
}
