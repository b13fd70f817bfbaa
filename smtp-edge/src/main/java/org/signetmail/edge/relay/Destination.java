package org.signetmail.edge.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.relay.Outcome.FailedForGood;

/**
 * A route at work: the sessions with its next hops, and how it is doing. A host that takes no mail is passed over for the
 * others; only when none does is there trouble with the destination.
 */
final class Destination implements AutoCloseable {
    private static final String REQUIRETLS_NEEDED = "5.7.30"; // RFC 8689 4.2.1

    /** A host of the route. */
    private static final class Hop {
        private final NextHop nextHop;
        private final ConnectionPool usual;
        private final ConnectionPool verified;
        private final NextHopClient client;
        private volatile long notBefore = System.nanoTime();

        Hop(HopSettings settings, Duration idleTimeout, Signing signing) {
            nextHop = settings.hop();
            usual = new ConnectionPool(settings, idleTimeout);
            verified = new ConnectionPool(settings.verified(), idleTimeout);
            client = new NextHopClient(usual, verified, signing);
        }

        boolean resting(long now) {
            return now - notBefore < 0;
        }
    }

    private final Route route;
    private final HopGate gate;
    private final BackOff backOff;
    private final List<Hop> hops;

    Destination(Route route, BackOff backOff, Duration idleTimeout, Signing signing) {
        this.route = route;
        this.gate = new HopGate(route.name());
        this.backOff = backOff;
        this.hops = route.hops().stream()
                .map(settings -> new Hop(settings, idleTimeout, signing))
                .toList();
    }

    Route route() {
        return route;
    }

    HopGate gate() {
        return gate;
    }

    int connections() {
        return hops.stream()
                .mapToInt(hop -> hop.usual.connections() + hop.verified.connections())
                .sum();
    }

    /**
     * Tries every undecided recipient once, at the first host that takes a session.
     *
     * @throws HopTrouble of the last one, when none takes one, or of the one whose session broke
     */
    void deliver(OutboundMessage message, Answers answers) throws HopTrouble {
        HopTrouble last = null;
        String obstacle = "";
        for (Hop hop : order()) {
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
    private List<Hop> order() {
        if (hops.size() == 1) {
            return hops;
        }
        long now = System.nanoTime();
        Map<Hop, Double> lots = new HashMap<>();
        for (Hop hop : hops) {
            // The smallest of exponentially distributed lots is a hop's with the probability of its weight.
            double lot = -Math.log(1 - ThreadLocalRandom.current().nextDouble());
            lots.put(hop, lot / Math.max(hop.nextHop.weight(), 0.001));
        }
        var order = new ArrayList<>(hops);
        order.sort(Comparator.<Hop, Boolean>comparing(hop -> hop.resting(now))
                .thenComparing(hop -> hop.nextHop.priority())
                .thenComparing(lots::get));
        return order;
    }

    @Override
    public void close() {
        for (Hop hop : hops) {
            hop.usual.close();
            hop.verified.close();
        }
    }
}
