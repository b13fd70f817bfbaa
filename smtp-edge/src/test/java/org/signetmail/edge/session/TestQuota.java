package org.signetmail.edge.session;

import java.time.Instant;
import java.util.Optional;
import org.signetmail.edge.auth.AccountLimits;

/** What accounts of tests may submit. */
public final class TestQuota {
    private TestQuota() {}

    public static Quota unlimited() {
        return new Quota() {
            @Override
            public Optional<Instant> noMessageBefore(String account, AccountLimits limits) {
                return Optional.empty();
            }

            @Override
            public Optional<Instant> noRecipientsBefore(String account, AccountLimits limits, int recipients) {
                return Optional.empty();
            }
        };
    }
}
