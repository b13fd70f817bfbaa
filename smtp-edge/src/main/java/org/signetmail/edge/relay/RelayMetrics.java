package org.signetmail.edge.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.signetmail.edge.relay.Undeliverable.Action;

/** All figures of the relay, present at zero from the start. */
@Singleton
public class RelayMetrics {
    private static final String PREFIX = "signet.edge.relay.";

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

    private final MeterRegistry registry;
    private final Map<Result, Counter> recipients;
    private final Map<Dropped, Counter> dropped;
    private final Map<Report, Counter> undeliverable;
    private final Map<Action, Counter> reported;
    private final Map<Signed, Counter> signed;
    private final Counter retries;
    private final Counter inLine;
    private final Counter held;
    private final Counter trouble;
    private final Timer delivery;

    @Inject
    public RelayMetrics(MeterRegistry registry) {
        this.registry = registry;
        recipients = counters(Result.class, "recipients", "result", "Recipients by what a delivery came to");
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
        trouble = Counter.builder(PREFIX + "hop.trouble")
                .description("Connections to the next hop that could not be had or broke")
                .register(registry);
        delivery = Timer.builder(PREFIX + "delivery")
                .description("Time of a delivery, from the session to the last reply")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10))
                .register(registry);
    }

    private <E extends Enum<E>> Map<E, Counter> counters(
            Class<E> labels, String name, String label, String description) {
        var counters = new EnumMap<E, Counter>(labels);
        for (E value : labels.getEnumConstants()) {
            counters.put(
                    value,
                    Counter.builder(PREFIX + name)
                            .description(description)
                            .tag(label, value.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        return counters;
    }

    /** The figures that are asked for when somebody looks. */
    void observe(
            Supplier<Number> connections,
            Supplier<Number> waiting,
            Supplier<Number> incomplete,
            Supplier<Number> signingKeys) {
        gauge("connections", "Connections to the next hop, in use or idle", connections);
        gauge("waiting", "Deliveries that wait for the next hop to come back", waiting);
        gauge("incomplete", "Messages of which parts are missing", incomplete);
        gauge("signing.keys", "Keys that outgoing mail is signed by", signingKeys);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(PREFIX + name, value).description(description).register(registry);
    }

    void count(Result result, int number) {
        recipients.get(result).increment(number);
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

    void hopTrouble() {
        trouble.increment();
    }

    void delivered(Duration time) {
        delivery.record(time);
    }
}
