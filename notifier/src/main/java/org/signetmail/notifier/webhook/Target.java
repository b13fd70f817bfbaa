package org.signetmail.notifier.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.mail.Mailbox;

/**
 * Somebody who is told of incidents over HTTP.
 *
 * @param domains of the accounts it is told of; empty: of all
 */
record Target(String name, URI url, Secrets secrets, Set<String> domains) {
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";

    /** @throws IllegalArgumentException naming the key that is wrong */
    static Target of(String name, NotifierConfig.Target config) {
        String key = "signet.webhooks.targets." + name;
        require(name.matches(NAME), key, "a name has lower-case letters, digits and hyphens");
        URI url = config.url();
        require(url.getHost() != null && url.getUserInfo() == null, key + ".url", "it has a host and no password");
        require(
                "https".equals(url.getScheme())
                        || "http".equals(url.getScheme()) && (config.allowHttp() || isLoopback(url.getHost())),
                key + ".url",
                "https is required");
        return new Target(name, url, Secrets.of(key, config), domains(key, config));
    }

    private static Set<String> domains(String key, NotifierConfig.Target config) {
        return config.domains().orElse(List.of()).stream()
                .map(domain -> Mailbox.of("postmaster@" + domain.strip())
                        .orElseThrow(() -> new IllegalArgumentException(key + ".domains: no mail can go to " + domain)))
                .map(Mailbox::domain)
                .collect(Collectors.toSet());
    }

    /** Whether it is told of this account's incidents. */
    boolean isToldOf(Optional<String> primaryAddress) {
        return domains.isEmpty()
                || primaryAddress
                        .flatMap(Mailbox::of)
                        .map(Mailbox::domain)
                        .filter(domains::contains)
                        .isPresent();
    }

    /** By its name or address alone: DNS is nothing to trust here. */
    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false; // A name.
        }
    }

    private static void require(boolean fulfilled, String key, String what) {
        if (!fulfilled) {
            throw new IllegalArgumentException(key + ": " + what);
        }
    }
}
