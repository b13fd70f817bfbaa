package org.signetmail.edge.auth;

import java.net.InetAddress;
import java.util.Optional;

/** Looks up what SCRAM needs; blocks the caller's virtual thread, within a bounded time. */
@FunctionalInterface
public interface Verifiers {
    /**
     * A decoy for a login that cannot sign in; empty when the directory does not answer.
     *
     * @param client address of the submitting host
     */
    Optional<ScramVerifier> of(String login, InetAddress client);
}
