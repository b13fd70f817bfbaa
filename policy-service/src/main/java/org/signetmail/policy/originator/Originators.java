package org.signetmail.policy.originator;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the directory says about the originators of an account.
 *
 * @param suspension why the account is suspended, when that is its state
 * @param version of the directory; 0 when it has no such account
 * @param primaryAddress where the account's owner reads mail
 * @param credentials application passwords by their id
 */
public record Originators(
        String account,
        AccountState state,
        Optional<Suspension> suspension,
        long version,
        Mode mode,
        Optional<String> primaryAddress,
        AddressBook addresses,
        Map<String, CredentialScope> credentials) {

    /** An account that the directory does not have may use nothing. */
    public static Originators absent(String account) {
        return new Originators(
                account,
                AccountState.ABSENT,
                Optional.empty(),
                0,
                Mode.ENFORCE,
                Optional.empty(),
                new AddressBook(List.of(), List.of()),
                Map.of());
    }

    /** The same account, with more addresses than the directory gives it. */
    public Originators with(List<AllowedAddress> more) {
        return more.isEmpty()
                ? this
                : new Originators(
                        account, state, suspension, version, mode, primaryAddress, addresses.with(more), credentials);
    }

    /** The same account in another mode. */
    public Originators in(Mode other) {
        return new Originators(account, state, suspension, version, other, primaryAddress, addresses, credentials);
    }
}
