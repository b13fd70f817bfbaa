package org.signetmail.directory.suspension;

import java.time.Instant;
import java.util.Optional;

/**
 * Why and since when an account may not submit, although it signs in.
 *
 * @param by the name of the token that suspended it
 * @param endedAt absent while it stands
 * @param endedBy the name of the token that released it; absent when a new password did
 */
public record Suspension(
        String reason, Instant since, String by, Optional<Instant> endedAt, Optional<String> endedBy) {}
