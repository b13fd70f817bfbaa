package org.signetmail.edge.relay;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.signetmail.edge.relay.RelayConfig.StartTls;

/** A way that mail for some domains takes: signet.relay.routes.NAME. What no route takes goes to signet.relay.next-hop. */
public interface RouteConfig {
    /** Domains of the recipients; *.example.test is every domain below example.test. */
    List<String> domains();

    /** Hosts that take this mail, as signet.relay.next-hop has them. */
    List<URI> nextHops();

    /** As signet.relay.starttls. */
    @WithDefault("opportunistic")
    StartTls starttls();

    /** Account at the next hops, when they want AUTH (PLAIN or LOGIN). */
    Optional<String> username();

    /** Password of that account. */
    Optional<String> password();

    /** Deliveries at once on this route. */
    @WithDefault("16")
    int concurrency();
}
