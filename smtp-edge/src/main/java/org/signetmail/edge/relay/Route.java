package org.signetmail.edge.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import org.signetmail.edge.event.DomainName;
import org.signetmail.edge.relay.NextHop.Protocol;

/**
 * Where mail for some domains goes.
 *
 * @param domains in lower case, A-labels; a wildcard as it was configured; none for what no other route takes
 * @param hops hosts that take it, each with what a connection to it needs
 * @param concurrency deliveries at once
 */
record Route(String name, List<String> domains, List<HopSettings> hops, int concurrency) {
    private static final String BELOW = "*.";

    Route {
        domains = domains.stream().map(Route::canonical).toList();
        hops = List.copyOf(hops);
        if (hops.isEmpty()) {
            throw new IllegalArgumentException("Route " + name + " of signet.relay has no next hop");
        }
        boolean mx = hops.stream().anyMatch(hop -> hop.hop().protocol() == Protocol.MX);
        if (mx && (hops.size() > 1 || hops.getFirst().credentials().isPresent())) {
            throw new IllegalArgumentException(
                    "Route " + name + " of signet.relay: mx:* stands alone, and whoever it is gets no password");
        }
    }

    /** Whether the DNS names the hosts, for each domain its own. */
    boolean byMx() {
        return hops.getFirst().hop().protocol() == Protocol.MX;
    }

    /** All routes, the default one last. */
    static List<Route> of(RelayConfig config, Optional<TrustManager> trust) {
        var routes = new ArrayList<Route>();
        config.routes()
                .forEach((name, route) -> routes.add(new Route(
                        name,
                        route.domains(),
                        route.nextHops().stream()
                                .map(uri -> HopSettings.of(config, route, uri, trust))
                                .toList(),
                        route.concurrency())));
        routes.add(new Route(
                "default",
                List.of(),
                config.nextHop().stream()
                        .map(uri -> HopSettings.of(config, uri, trust))
                        .toList(),
                config.concurrency()));
        return routes;
    }

    /** The route that names the domain of the address most closely; the last one takes what none names. */
    static Route of(List<Route> routes, String address) {
        String domain = domain(address);
        Route best = routes.getLast();
        int closest = 0;
        for (Route route : routes) {
            int fit = route.fit(domain);
            if (fit > closest) {
                best = route;
                closest = fit;
            }
        }
        return best;
    }

    /** Whether the domain is named, and how closely: 0 not at all, else the more the longer the name that fits. */
    private int fit(String domain) {
        return domains.stream()
                .filter(pattern ->
                        pattern.startsWith(BELOW) ? domain.endsWith(pattern.substring(1)) : domain.equals(pattern))
                .mapToInt(pattern -> pattern.startsWith(BELOW) ? pattern.length() : Integer.MAX_VALUE)
                .max()
                .orElse(0);
    }

    /** The domain of an address as routes have it; empty without one. */
    private static String domain(String address) {
        return canonical(address.substring(address.lastIndexOf('@') + 1));
    }

    private static String canonical(String domain) {
        boolean below = domain.startsWith(BELOW);
        // What is no name of the DNS, such as an address literal, fits literally or not at all.
        return DomainName.of(below ? domain.substring(BELOW.length()) : domain)
                .map(name -> below ? BELOW + name : name)
                .orElse(domain.toLowerCase(Locale.ROOT));
    }
}
