package org.signetmail.directory.credential;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.signetmail.directory.network.Network;

/**
 * A further password of an account, for one program or device.
 *
 * @param id also the beginning of the password
 * @param addresses what of the account's it may use, addresses or {@code *@domain}; absent: all
 * @param networks from where it may be used; absent: from anywhere
 * @param validUntil first moment at which it counts no more; absent: without end
 * @param createdBy the name of the token that made it
 * @param lastUsedAt the last sign-in, to a few minutes
 */
public record ApplicationPassword(
        String id,
        String label,
        Optional<List<String>> addresses,
        Optional<List<String>> networks,
        Optional<Instant> validUntil,
        Instant createdAt,
        String createdBy,
        Optional<Instant> lastUsedAt,
        Optional<String> lastUsedFrom) {

    boolean isExpired(Instant now) {
        return validUntil.isPresent() && !now.isBefore(validUntil.get());
    }

    /** A host that is not known is in no network. */
    boolean countsFrom(Optional<InetAddress> client) {
        return networks.isEmpty()
                || client.stream()
                        .anyMatch(host -> networks.get().stream()
                                .flatMap(text -> Network.of(text).stream())
                                .anyMatch(network -> network.contains(host)));
    }
}
