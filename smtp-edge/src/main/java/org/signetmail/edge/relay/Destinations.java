package org.signetmail.edge.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All destinations, and which one an address has. */
final class Destinations implements AutoCloseable {
    private final List<Destination> all;
    private final List<Route> routes;
    private final Map<Route, Destination> byRoute = new IdentityHashMap<>();

    /** @param routes the one of what no other takes is the last */
    Destinations(List<Route> routes, BackOff backOff, Duration idleTimeout, Signing signing) {
        all = routes.stream()
                .map(route -> new Destination(route, backOff, idleTimeout, signing))
                .toList();
        this.routes = List.copyOf(routes);
        all.forEach(destination -> byRoute.put(destination.route(), destination));
    }

    List<Destination> all() {
        return all;
    }

    /** The destination whose route names the domain most closely. */
    Destination of(String address) {
        return byRoute.get(Route.of(routes, address));
    }

    /** The recipients of each destination, in their order. */
    Map<Destination, List<String>> of(List<String> recipients) {
        var byDestination = new LinkedHashMap<Destination, List<String>>();
        for (String recipient : recipients) {
            byDestination.computeIfAbsent(of(recipient), _ -> new ArrayList<>()).add(recipient);
        }
        return byDestination;
    }

    int connections() {
        return all.stream().mapToInt(Destination::connections).sum();
    }

    int waiting() {
        return all.stream()
                .mapToInt(destination -> destination.gate().waiting())
                .sum();
    }

    /** Deliveries wait for nobody any more. */
    void closeGates() {
        all.forEach(destination -> destination.gate().close());
    }

    @Override
    public void close() {
        all.forEach(Destination::close);
    }
}
