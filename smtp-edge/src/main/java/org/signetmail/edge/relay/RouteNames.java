package org.signetmail.edge.relay;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Which route the mail for an address takes, for who only wants to know its name. */
@Singleton
public class RouteNames {
    private final List<Route> routes;

    @Inject
    RouteNames(RelayConfig config) {
        this.routes = Route.of(config, Optional.empty());
    }

    public List<String> of(List<String> recipients) {
        return recipients.stream()
                .map(recipient -> Route.of(routes, recipient).name())
                .distinct()
                .toList();
    }
}
