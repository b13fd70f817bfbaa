package org.signetmail.edge.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All destinations, and which one an address has. */
final class Destinations implements AutoCloseable {
    private final List<Destination> all;

    /** @param routes the one of what no other takes is the last */
    Destinations(List<Route> routes, BackOff backOff, Duration idleTimeout) {
        all = routes.stream()
                .map(route -> new Destination(route, backOff, idleTimeout))
                .toList();
    }

    List<Destination> all() {
        return all;
    }

    /** The destination whose route names the domain most closely. */
    Destination of(String address) {
        String domain = Route.domain(address);
        Destination best = all.getLast();
        int closest = 0;
        for (Destination destination : all) {
            int fit = destination.route().fit(domain);
            if (fit > closest) {
                best = destination;
                closest = fit;
            }
        }
        return best;
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
