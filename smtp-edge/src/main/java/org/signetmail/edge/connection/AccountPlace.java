package org.signetmail.edge.connection;

import java.util.Optional;
import org.signetmail.edge.auth.Authentication;

/** The place of one connection among those of the account that it is signed in as. */
final class AccountPlace implements AutoCloseable {
    private final Tally<String> accounts;
    private final long maxByDefault;
    private Optional<String> account = Optional.empty();

    /** @param maxByDefault connections of an account whose directory entry says nothing else; 0 for no limit */
    AccountPlace(Tally<String> accounts, long maxByDefault) {
        this.accounts = accounts;
        this.maxByDefault = maxByDefault;
    }

    /** Takes a place for the account; false when all of its are taken. */
    boolean take(Authentication.Granted granted) {
        close(); // of a sign-in that STARTTLS made void
        long limit = granted.limits().maxConnections().orElse(maxByDefault);
        if (!accounts.enter(granted.account(), limit > 0 ? limit : Long.MAX_VALUE)) {
            return false;
        }
        account = Optional.of(granted.account());
        return true;
    }

    @Override
    public void close() {
        account.ifPresent(accounts::leave);
        account = Optional.empty();
    }
}
