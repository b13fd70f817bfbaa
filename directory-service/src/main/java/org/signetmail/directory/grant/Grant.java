package org.signetmail.directory.grant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A grant as it is stored.
 *
 * @param account who may use the target: a login, or {@code group:name} for every member however deep
 * @param validFrom first moment at which it counts; absent: from the start
 * @param validUntil first moment at which it counts no more; absent: without end
 * @param networks where it counts; absent: anywhere
 * @param credentials the application passwords with which alone it counts; absent: any sign-in
 * @param grantedBy the {@code upn} of the token that gave it
 */
public record Grant(
        String id,
        String account,
        GrantType type,
        String target,
        Optional<Instant> validFrom,
        Optional<Instant> validUntil,
        Optional<List<String>> networks,
        Optional<List<String>> credentials,
        Optional<String> reason,
        String grantedBy,
        Instant grantedAt) {}
