package org.signetmail.edge.auth;

import java.util.Optional;

/** Looks up what SCRAM needs; blocks the caller's virtual thread, within a bounded time. */
@FunctionalInterface
public interface Verifiers {
    /** A decoy for a login that cannot sign in; empty when the directory does not answer. */
    Optional<ScramVerifier> of(String login);
}
