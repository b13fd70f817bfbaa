package org.signetmail.edge.relay;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.signetmail.edge.event.DomainName;

/** Which route the mail for an address takes, for who only wants to know its name. */
@Singleton
public class RouteNames {
    private final List<Route> routes;

    @Inject
    RouteNames(RelayConfig config) {
        this.routes = Route.of(config, Optional.empty());
    }

    /** What of its recipients' mail is tried together: a route, or one domain of a route by MX. */
    public String destination(String recipient) {
        Route route = Route.of(routes, recipient);
        return route.byMx() ? DomainName.ofAddress(recipient).orElse("") : route.name();
    }

    public List<String> of(List<String> recipients) {
        return recipients.stream()
                .map(recipient -> Route.of(routes, recipient).name())
                .distinct()
                .toList();
    }
}
