package org.signetmail.edge.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.mx.Dns;
import org.signetmail.edge.mx.MailHosts;
import org.signetmail.edge.relay.Outcome.FailedForGood;

/**
 * A route at work, or of an MX route one domain: the sessions with its next hops, and how it is doing. A host that takes no
 * mail is passed over for the others; only when none does is there trouble with the destination.
 */
final class Destination implements AutoCloseable {
    private static final String REQUIRETLS_NEEDED = "5.7.30"; // RFC 8689 4.2.1
    private static final String UNPROVED = "neither DNSSEC nor MTA-STS proves which host the domain has";

    /** A host of the destination. */
    private static final class Hop {
        private final HopSettings settings;
        private final ConnectionPool usual;
        private final ConnectionPool verified;
        private final NextHopClient client;
        private volatile long notBefore = System.nanoTime();

        Hop(HopSettings settings, Duration idleTimeout, ScheduledExecutorService timer, Signing signing) {
            this.settings = settings;
            usual = new ConnectionPool(settings, idleTimeout, timer);
            verified = new ConnectionPool(settings.verified(), idleTimeout, timer);
            client = new NextHopClient(usual, verified, signing);
        }

        boolean resting(long now) {
            return now - notBefore < 0;
        }

        void close() {
            usual.close();
            verified.close();
        }
    }

    private final String name;
    private final Route route;
    private final Hosts hosts;
    private final HopGate gate;
    private final BackOff backOff;
    private final Function<HopSettings, Hop> opening;
    private final Map<HopSettings, Hop> hops = new ConcurrentHashMap<>();
    private volatile long used = System.nanoTime();

    /**
     * @param name of the route, or of the domain whose mail takes it
     * @param timer for all destinations
     */
    Destination(
            String name,
            Route route,
            Hosts hosts,
            BackOff backOff,
            Duration idleTimeout,
            ScheduledExecutorService timer,
            Signing signing) {
        this.name = name;
        this.route = route;
        this.hosts = hosts;
        this.gate = new HopGate(name);
        this.backOff = backOff;
        this.opening = settings -> new Hop(settings, idleTimeout, timer, signing);
    }

    String name() {
        return name;
    }

    /** Since when nobody had anything to do with it. */
    long unusedSince() {
        return used;
    }

    void use() {
        used = System.nanoTime();
    }

    Route route() {
        return route;
    }

    HopGate gate() {
        return gate;
    }

    int connections() {
        return hops.values().stream()
                .mapToInt(hop -> hop.usual.connections() + hop.verified.connections())
                .sum();
    }

    /**
     * Tries every undecided recipient once, at the first host that takes a session.
     *
     * @throws HopTrouble of the last one, when none takes one, or of the one whose session broke
     */
    void deliver(OutboundMessage message, Answers answers) throws HopTrouble {
        use();
        List<Hop> order;
        try {
            order = order(hosts.now());
        } catch (Dns.Unavailable e) {
            throw HopTrouble.atConnect(e);
        } catch (MailHosts.None e) {
            answers.decideRest(new FailedForGood(e.status(), e.getMessage(), Optional.empty()));
            return;
        }
        HopTrouble last = null;
        String obstacle = "";
        for (Hop hop : order) {
            if (message.parameters().requireTls() && !hop.settings.nameProved()) {
                obstacle = UNPROVED;
                continue;
            }
            try {
                hop.client.deliver(message, answers);
                return;
            } catch (HopTrouble e) {
                if (e.inTransaction()) {
                    // It may have taken the message: another host could be a second delivery, soon.
                    throw e;
                }
                Optional<String> lack =
                        e.lackOfTls().filter(_ -> message.parameters().requireTls());
                if (lack.isPresent()) {
                    obstacle = lack.get();
                } else {
                    hop.notBefore = System.nanoTime() + backOff.limit().toNanos();
                    last = e;
                }
            }
        }
        if (last != null) {
            throw last;
        }
        if (message.mailFrom().isEmpty()) {
            // RFC 8689 5: a report is not lost for want of REQUIRETLS on its way back.
            deliver(message.withoutRequireTls(), answers);
            return;
        }
        answers.decideRest(new FailedForGood(
                REQUIRETLS_NEEDED, "The message requires TLS (REQUIRETLS), but " + obstacle, Optional.empty()));
    }

    /** RFC 2782: by priority, and within one by lot according to weight; hosts that failed lately come last. */
    private List<Hop> order(List<HopSettings> settings) {
        List<Hop> now = settings.stream()
                .map(host -> hops.computeIfAbsent(host, opening))
                .toList();
        if (hops.size() > now.size()) {
            retire(now);
        }
        return now.size() == 1 ? now : order(now, System.nanoTime());
    }

    /** Hosts that the DNS does not name any more. */
    private void retire(List<Hop> current) {
        for (Hop hop : List.copyOf(hops.values())) {
            if (!current.contains(hop) && hops.remove(hop.settings, hop)) {
                hop.close();
            }
        }
    }

    private static List<Hop> order(List<Hop> hops, long now) {
        Map<Hop, Double> lots = new HashMap<>();
        for (Hop hop : hops) {
            // The smallest of exponentially distributed lots is a hop's with the probability of its weight.
            double lot = -Math.log(1 - ThreadLocalRandom.current().nextDouble());
            lots.put(hop, lot / Math.max(hop.settings.hop().weight(), 0.001));
        }
        var order = new ArrayList<>(hops);
        order.sort(Comparator.<Hop, Boolean>comparing(hop -> hop.resting(now))
                .thenComparing(hop -> hop.settings.hop().priority())
                .thenComparing(lots::get));
        return order;
    }

    @Override
    public void close() {
        hops.values().forEach(Hop::close);
    }
}
