package org.signetmail.edge.mx;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A host that takes the mail of a domain.
 *
 * @param name as the MX record has it; its certificate is to have it too
 * @param addresses of which there is one at least
 * @param secure whether DNSSEC proves that the domain's owner named this host
 * @param dane what its certificate is pinned to (RFC 7672)
 */
public record MailHost(String name, List<InetAddress> addresses, boolean secure, Optional<DaneTrust> dane) {
    public MailHost {
        addresses = List.copyOf(addresses);
    }
}
