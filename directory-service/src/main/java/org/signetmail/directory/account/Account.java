package org.signetmail.directory.account;

import java.util.List;
import java.util.Optional;
import org.signetmail.directory.address.Address;
import org.signetmail.directory.domain.Mode;
import org.signetmail.directory.limit.Limits;

/**
 * An account or shared mailbox, without its credential.
 *
 * @param mode instead of that of the primary address's domain
 * @param limits absent when only the edge's defaults count
 * @param addresses exactly one is primary, unless there are none
 */
public record Account(
        String login,
        Optional<String> displayName,
        boolean enabled,
        Optional<Mode> mode,
        Optional<Limits> limits,
        List<Address> addresses) {
    /** The same account with other addresses. */
    public Account with(List<Address> others) {
        return new Account(login, displayName, enabled, mode, limits, others);
    }
}
