package org.signetmail.edge.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.signetmail.edge.relay.Undeliverable.Action;

/** All figures of the relay, present at zero from the start. */
@Singleton
public class RelayMetrics {
    private static final String PREFIX = "signet.edge.relay.";
    private static final String ROUTE = "route";

    /** What a delivery came to for one recipient. */
    enum Result {
        DELIVERED,
        FAILED,
        LATER
    }

    /** What a record was that is acknowledged without a delivery. */
    enum Dropped {
        DUPLICATE,
        INCOMPLETE,
        UNREADABLE
    }

    /** Who learns that recipients are undeliverable: nobody when the sender is null or NOTIFY says so. */
    enum Report {
        SENT,
        NONE
    }

    /** What a message on its way out has: signatures, none for want of a key for its proved domain, or none by a fault. */
    enum Signed {
        SIGNED,
        NO_KEY,
        FAILED
    }

    /** Topics that the relay reads. */
    enum Queue {
        OUTBOUND,
        RETRIES
    }

    /** Figures of one route: its name is the administrator's, and the domains of one with MX count as one. */
    private record RouteMeters(Map<Result, Counter> recipients, Counter trouble, Timer delivery) {}

    private static final Duration[] DELIVERY_BUCKETS = Stream.of(5, 20, 100, 500, 2_000, 10_000, 60_000, 600_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<Dropped, Counter> dropped;
    private final Map<Report, Counter> undeliverable;
    private final Map<Action, Counter> reported;
    private final Map<Signed, Counter> signed;
    private final Counter retries;
    private final Counter inLine;
    private final Counter held;
    private final Map<String, RouteMeters> routes = new ConcurrentHashMap<>();

    @Inject
    public RelayMetrics(MeterRegistry registry) {
        this.registry = registry;
        dropped = counters(Dropped.class, "dropped", "reason", "Messages acknowledged without a delivery");
        undeliverable =
                counters(Report.class, "undeliverable", "report", "Messages with recipients that failed for good");
        signed = counters(Signed.class, "signed", "result", "Messages on their way out, by whether they were signed");
        retries = Counter.builder(PREFIX + "retries.queued")
                .description("Messages set aside in signet.retries")
                .register(registry);
        reported = counters(
                Action.class, "reported.recipients", "action", "Recipients that a delivery report was called for");
        inLine = Counter.builder(PREFIX + "put.in.line")
                .description("Messages that wait untried for room at their destination, or for its return")
                .register(registry);
        held = Counter.builder(PREFIX + "held")
                .description("Steps of held messages through signet.retries")
                .register(registry);
    }

    /** Declares the figures of a route and shows how it is doing. */
    void route(String name, Supplier<Number> secondsAway) {
        meters(name);
        Gauge.builder(PREFIX + "route.away", secondsAway)
                .description("How long the route has taken no mail; 0 while it does")
                .baseUnit("seconds")
                .tag(ROUTE, name)
                .register(registry);
    }

    private RouteMeters meters(String name) {
        return routes.computeIfAbsent(name, this::declare);
    }

    private RouteMeters declare(String name) {
        var route = Tag.of(ROUTE, name);
        return new RouteMeters(
                counters(Result.class, "recipients", "result", "Recipients by what a delivery came to", route),
                Counter.builder(PREFIX + "hop.trouble")
                        .description("Connections to the next hop that could not be had or broke")
                        .tags(List.of(route))
                        .register(registry),
                Timer.builder(PREFIX + "delivery")
                        .description("Time of a delivery, from the session to the last reply")
                        .tags(List.of(route))
                        .serviceLevelObjectives(DELIVERY_BUCKETS)
                        .register(registry));
    }

    private <E extends Enum<E>> Map<E, Counter> counters(
            Class<E> labels, String name, String label, String description, Tag... more) {
        var counters = new EnumMap<E, Counter>(labels);
        for (E value : labels.getEnumConstants()) {
            counters.put(
                    value,
                    Counter.builder(PREFIX + name)
                            .description(description)
                            .tag(label, value.name().toLowerCase(Locale.ROOT))
                            .tags(List.of(more))
                            .register(registry));
        }
        return counters;
    }

    /** What is asked when somebody looks. */
    interface Figures {
        int connections();

        int waiting();

        int incomplete();

        int signingKeys();

        int inHand();

        Duration oldestInHand();

        long behind(Queue queue);
    }

    void observe(Figures figures) {
        gauge("connections", "Connections to the next hop, in use or idle", figures::connections);
        gauge("waiting", "Deliveries that wait for the next hop to come back", figures::waiting);
        gauge("incomplete", "Messages of which parts are missing", figures::incomplete);
        gauge("signing.keys", "Keys that outgoing mail is signed by", figures::signingKeys);
        gauge("in.hand", "Messages that are being delivered or wait for it here", figures::inHand);
        Gauge.builder(PREFIX + "oldest", () -> figures.oldestInHand().toMillis() / 1000.0)
                .description("Since when the oldest of them stood in its topic")
                .baseUnit("seconds")
                .register(registry);
        for (Queue queue : Queue.values()) {
            Gauge.builder(PREFIX + "queue", () -> figures.behind(queue))
                    .description("Records of this instance's partitions from the first unsettled one to the end")
                    .tag("topic", queue.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(PREFIX + name, value).description(description).register(registry);
    }

    void count(String route, Result result) {
        meters(route).recipients().get(result).increment();
    }

    void count(Dropped reason) {
        dropped.get(reason).increment();
    }

    void count(Report report) {
        undeliverable.get(report).increment();
    }

    void count(Signed result) {
        signed.get(result).increment();
    }

    void retryQueued() {
        retries.increment();
    }

    void reported(Action action) {
        reported.get(action).increment();
    }

    void putInLine() {
        inLine.increment();
    }

    void held() {
        held.increment();
    }

    void hopTrouble(String route) {
        meters(route).trouble().increment();
    }

    void delivered(String route, Duration time) {
        meters(route).delivery().record(time);
    }
}
