package org.signetmail.edge.auth;

import java.util.Set;

/** Checks access tokens (RFC 6750) of the issuer; blocks the caller's virtual thread, within a bounded time. */
@FunctionalInterface
public interface AccessTokens {
    Check check(String token);

    /** What a token is worth. */
    sealed interface Check {
        /**
         * A token of the issuer, for this server and at this time.
         *
         * @param account whom it names
         * @param names lower case; what else the client may call that account
         */
        record Valid(String account, Set<String> names) implements Check {
            public Valid {
                names = Set.copyOf(names);
            }
        }

        record Invalid() implements Check {}

        /** The issuer's keys cannot be had. */
        record Unavailable() implements Check {}
    }
}
