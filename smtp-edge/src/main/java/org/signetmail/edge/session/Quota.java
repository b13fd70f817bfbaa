package org.signetmail.edge.session;

import java.time.Instant;
import java.util.Optional;
import org.signetmail.edge.auth.AccountLimits;

/** How much an account may still submit. */
public interface Quota {
    /** From when on it may submit one more message; empty when it may now. */
    Optional<Instant> noMessageBefore(String account, AccountLimits limits);

    /** From when on a message may go to so many recipients; empty when it may now. */
    Optional<Instant> noRecipientsBefore(String account, AccountLimits limits, int recipients);
}
