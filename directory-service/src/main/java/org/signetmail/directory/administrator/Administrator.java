package org.signetmail.directory.administrator;

import java.time.Instant;

/**
 * Who administers a domain.
 *
 * @param name the {@code upn} of their tokens
 * @param appointedBy the {@code upn} of the token that appointed them
 */
public record Administrator(String name, String appointedBy, Instant appointedAt) {}
