package org.signetmail.edge.relay;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.TrustManager;
import org.jboss.logging.Logger;
import org.signetmail.edge.DependencyMetrics;
import org.signetmail.edge.dkim.SigningKeys;
import org.signetmail.edge.event.EventProducer;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.edge.queue.Orders;
import org.signetmail.edge.relay.Destinations.MxSettings;
import org.signetmail.edge.trace.Traces;

/** The relay, put together: from records (PollLoop, Intake) through couriers to the next hop, and to their aftermath. */
final class Relay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    /** As base64 in an event it leaves room below Kafka's limit of 1 MB for the header and the recipients. */
    private static final long MOST_RETURNED = 256 * 1024;

    private static final Duration LAST_COMMIT = Duration.ofSeconds(15);

    private final Destinations destinations;
    private final HopGate kafka = new HopGate("kafka");
    private final Couriers couriers;
    private final PollLoop loop;
    private final Duration drainWithin;
    private final Thread thread;

    Relay(
            RelayConfig config,
            Map<String, Object> broker,
            EventProducer producer,
            RelayMetrics metrics,
            Orders orders,
            Optional<TrustManager> trust,
            DependencyMetrics dependencies,
            Traces traces) {
        Clock clock = Clock.systemUTC();
        var backOff = new BackOff(config.backOff(), config.backOffLimit());
        Optional<SigningKeys> keys = config.dkim()
                .keys()
                .map(directory -> SigningKeys.of(directory, config.dkim().reloadEvery()));
        Signing signing = Signing.by(keys, clock, metrics);
        List<Route> routes = Route.of(config, trust);
        Optional<MxSettings> mx = routes.stream().anyMatch(Route::byMx)
                ? Optional.of(MxParts.of(config, trust, clock))
                : Optional.empty();
        destinations = new Destinations(routes, backOff, config.idleTimeout(), signing, mx);
        var aftermath = new Aftermath(producer, new OutboundWriter(producer, clock), metrics);
        var lines = new Lines(config.retryDelays().size(), routes);
        Courier.Rules rules = rules(config, backOff);
        var courier = new Courier(destinations, lines, orders, rules, aftermath, metrics, traces, clock);
        couriers = new Couriers(courier, destinations, lines, config.setAsideAfter(), traces);
        var waiting = new WaitingLines(lines, destinations, couriers, rules.reports(), clock);
        var intake = new Intake(config.rememberedIds(), metrics);
        var backlog = new Backlog(clock);
        loop = new PollLoop(
                () -> RelayConsumer.open(broker),
                intake,
                couriers,
                waiting,
                kafka,
                backOff,
                config.incompleteAfter(),
                backlog,
                dependencies,
                clock);
        routes.forEach(route ->
                metrics.route(route.name(), () -> destinations.away(route).toSeconds()));
        metrics.observe(new Figures(destinations, intake, backlog, keys));
        drainWithin = config.drainWithin();
        thread = Thread.ofPlatform().name("relay-poll").unstarted(() -> run(orders));
    }

    /** What the gauges show. */
    private record Figures(Destinations destinations, Intake intake, Backlog backlog, Optional<SigningKeys> keys)
            implements RelayMetrics.Figures {
        @Override
        public int connections() {
            return destinations.connections();
        }

        @Override
        public int waiting() {
            return destinations.waiting();
        }

        @Override
        public int incomplete() {
            return intake.incomplete();
        }

        @Override
        public int signingKeys() {
            return keys.map(SigningKeys::number).orElse(0);
        }

        @Override
        public int inHand() {
            return backlog.inHand();
        }

        @Override
        public Duration oldestInHand() {
            return backlog.oldestInHand();
        }

        @Override
        public long behind(RelayMetrics.Queue queue) {
            return backlog.behind(queue);
        }
    }

    private static Courier.Rules rules(RelayConfig config, BackOff backOff) {
        var reports = new Reports(
                config.heloName(),
                config.delayNoticeAfter(),
                config.giveUpAfter(),
                Math.min(config.returnUpTo().asLongValue(), MOST_RETURNED));
        return new Courier.Rules(
                new RetryTiers(config.retryDelays(), new Random()),
                reports,
                backOff,
                config.setAsideAfter(),
                config.maxHops());
    }

    /** What operators ordered is known before anything is delivered. */
    private void run(Orders orders) {
        try {
            if (orders.awaitRead()) {
                loop.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void start() {
        thread.start();
    }

    /** Ends deliveries under way in time, commits what is settled; what is not is delivered by whoever reads next. */
    @Override
    public void close() {
        loop.drain();
        kafka.close();
        destinations.closeGates();
        couriers.drain(drainWithin);
        loop.stop();
        try {
            if (!thread.join(LAST_COMMIT)) {
                LOG.warn("The last commit takes too long, not awaited: some messages may be delivered again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        destinations.close();
    }
}
