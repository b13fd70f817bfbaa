package org.signetmail.edge.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.signetmail.edge.event.DomainName;
import org.signetmail.edge.mx.MailHosts;
import org.signetmail.edge.mx.MailRoutes;

/** All destinations, and which one an address has. An MX route has one for each domain, while there is mail for it. */
final class Destinations implements AutoCloseable {
    private static final String NO_DOMAIN = "5.1.2"; // RFC 3463 3.2

    private final List<Destination> fixed;
    private final List<Route> routes;
    private final Map<Route, Destination> byRoute = new IdentityHashMap<>();
    private final Map<String, Destination> byDomain = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = ConnectionPool.timer();
    private final BackOff backOff;
    private final Duration idleTimeout;
    private final Signing signing;
    private final Optional<MxSettings> mx;

    /** What an MX route goes by. */
    record MxSettings(MailRoutes routes, int port) {}

    /**
     * @param routes the one of what no other takes is the last
     * @param mx needed by MX routes only
     */
    Destinations(List<Route> routes, BackOff backOff, Duration idleTimeout, Signing signing, Optional<MxSettings> mx) {
        this.routes = List.copyOf(routes);
        this.backOff = backOff;
        this.idleTimeout = idleTimeout;
        this.signing = signing;
        this.mx = mx;
        fixed = routes.stream()
                .filter(route -> !route.byMx())
                .map(route -> open(route.name(), route, route::hops))
                .toList();
        fixed.forEach(destination -> byRoute.put(destination.route(), destination));
    }

    /** Whether all mail goes to one. */
    boolean isOne() {
        return routes.size() == 1 && fixed.size() == 1;
    }

    private Destination open(String name, Route route, Hosts hosts) {
        return new Destination(name, route, hosts, backOff, idleTimeout, timer, signing);
    }

    List<Destination> all() {
        var all = new ArrayList<>(fixed);
        all.addAll(byDomain.values());
        return all;
    }

    /** The destination whose route names the domain most closely. */
    Destination of(String address) {
        Route route = Route.of(routes, address);
        if (!route.byMx()) {
            return byRoute.get(route);
        }
        String domain = DomainName.ofAddress(address).orElse("");
        Destination destination = byDomain.computeIfAbsent(domain, _ -> open(domain, route, hosts(domain, route)));
        destination.use();
        return destination;
    }

    /** The name of the route that an address takes. */
    String route(String address) {
        return Route.of(routes, address).name();
    }

    private Hosts hosts(String domain, Route route) {
        if (domain.isEmpty()) {
            return () -> {
                throw new MailHosts.None(NO_DOMAIN, "The address has no domain that the DNS can have");
            };
        }
        MxSettings settings = mx.orElseThrow();
        return new MxHosts(domain, route.hops().getFirst(), settings.port(), settings.routes());
    }

    /** The recipients of each destination, in their order. */
    Map<Destination, List<String>> of(List<String> recipients) {
        var byDestination = new LinkedHashMap<Destination, List<String>>();
        for (String recipient : recipients) {
            byDestination.computeIfAbsent(of(recipient), _ -> new ArrayList<>()).add(recipient);
        }
        return byDestination;
    }

    /** Lets go of domains that there was no mail for lately, of those that nothing is in hand for. */
    List<Destination> retire(Duration unused, Predicate<Destination> idle) {
        long before = System.nanoTime() - unused.toNanos();
        List<Destination> retired = byDomain.values().stream()
                .filter(destination -> destination.unusedSince() - before < 0)
                .filter(idle)
                .toList();
        for (Destination destination : retired) {
            byDomain.remove(destination.name(), destination);
            destination.close();
        }
        return retired;
    }

    int connections() {
        return all().stream().mapToInt(Destination::connections).sum();
    }

    int waiting() {
        return all().stream()
                .mapToInt(destination -> destination.gate().waiting())
                .sum();
    }

    /** How long the route has taken no mail; one with MX is as bad as the worst of its domains. */
    Duration away(Route route) {
        return all().stream()
                .filter(destination -> destination.route().equals(route))
                .map(destination -> destination.gate().away())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Deliveries wait for nobody any more. */
    void closeGates() {
        all().forEach(destination -> destination.gate().close());
    }

    @Override
    public void close() {
        all().forEach(Destination::close);
        timer.shutdownNow();
    }
}
