package org.signetmail.policy.originator;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * How the account signed in.
 *
 * @param host the submitting host; empty when it is not known, and then it is in no network
 * @param credential id of the application password; empty with the account's own
 */
public record SignIn(Optional<InetAddress> host, Optional<String> credential) {
    public static final SignIn UNKNOWN = new SignIn(Optional.empty(), Optional.empty());

    public static SignIn of(Optional<String> host, Optional<String> credential) {
        return new SignIn(host.flatMap(Network::host), credential);
    }

    /** Whether the host is in one of the networks; no networks mean no restriction. */
    boolean isFrom(List<Network> networks) {
        return networks.isEmpty()
                || host.stream().anyMatch(address -> networks.stream().anyMatch(network -> network.contains(address)));
    }
}
