package org.signetmail.directory.grant;

import java.time.Instant;
import java.util.Optional;

/**
 * A grant as it is stored.
 *
 * @param account who may use the target
 * @param validFrom first moment at which it counts; absent: from the start
 * @param validUntil first moment at which it counts no more; absent: without end
 * @param grantedBy the {@code upn} of the token that gave it
 */
public record Grant(
        String id,
        String account,
        GrantType type,
        String target,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil,
        Optional<String> reason,
        String grantedBy,
        Instant grantedAt) {}
