package org.signetmail.policy.originator;

import java.util.List;
import java.util.Optional;

/**
 * What the directory says about the originators of an account.
 *
 * @param version of the directory; 0 when it has no such account
 * @param primaryAddress where the account's owner reads mail
 */
public record Originators(
        String account,
        AccountState state,
        long version,
        Mode mode,
        Optional<String> primaryAddress,
        AddressBook addresses) {

    /** An account that the directory does not have may use nothing. */
    public static Originators absent(String account) {
        return new Originators(
                account, AccountState.ABSENT, 0, Mode.ENFORCE, Optional.empty(), new AddressBook(List.of(), List.of()));
    }
}
