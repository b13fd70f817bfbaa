package org.signetmail.directory.domain;

import java.util.Optional;

/**
 * A registered domain.
 *
 * @param domain A-labels, lower case
 * @param subaddressDelimiter the character between {@code alice} and {@code detail}; absent when there are no subaddresses
 */
public record Domain(String domain, Mode mode, Optional<String> subaddressDelimiter, boolean caseSensitiveLocalPart) {}
