package org.signetmail.policy.originator;

import java.time.Instant;

/**
 * An account that may not submit until somebody releases it.
 *
 * @param reason what people read
 */
public record Suspension(Instant since, String reason) {}
