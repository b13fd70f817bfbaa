package org.signetmail.edge.counts;

/**
 * What is counted, of whom.
 *
 * @param subject an address range, an account, or what stands for one
 */
public record Key(Kind kind, String subject) {}
