package org.signetmail.edge.auth;

import java.util.Optional;

/** What became of a sign-in. Not being able to decide is neither a yes nor a no. */
public sealed interface Authentication {
    /**
     * @param account its name in the directory, which may differ from what the client called it
     * @param credential id of the application password that was used; empty for the account's own password
     */
    record Granted(String account, Optional<String> credential, AccountLimits limits) implements Authentication {
        /** Without anything out of the ordinary. */
        public Granted(String account) {
            this(account, Optional.empty(), AccountLimits.NONE);
        }
    }

    record Denied() implements Authentication {}

    record Unavailable() implements Authentication {}
}
