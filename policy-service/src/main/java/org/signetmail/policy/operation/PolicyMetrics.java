package org.signetmail.policy.operation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.signetmail.policy.check.Reason;
import org.signetmail.policy.judge.Verdict;
import org.signetmail.policy.judge.Verdict.Accept;
import org.signetmail.policy.judge.Verdict.Defer;
import org.signetmail.policy.judge.Verdict.Overlook;
import org.signetmail.policy.judge.Verdict.Reject;
import org.signetmail.policy.judge.Verdict.Tolerate;
import org.signetmail.policy.originator.Mode;

/** Every metric of policy-service, present at zero from the start. The README's table has them, too. */
@ApplicationScoped
public class PolicyMetrics {
    /** Why a submission got no verdict. */
    public enum Skipped {
        /** The client has been answered 451 already. */
        LATE,
        UNREADABLE,
        /** No edge reads the reply partition that the record names. */
        UNANSWERABLE
    }

    /** How originators were found. */
    public enum CacheLookup {
        HIT,
        MISS,
        /** The change feed is behind: the directory itself was asked. */
        BYPASS
    }

    /** What came of a call to directory-service. */
    public enum DirectoryCall {
        FOUND,
        ABSENT,
        UNREACHABLE,
        TIMEOUT,
        /** Too many calls were under way. */
        BUSY,
        /** It answered something else. */
        FAILED
    }

    /** What came from the change feed. */
    public enum FeedRecord {
        ACCOUNT,
        DOMAIN,
        GROUP,
        HEARTBEAT,
        UNREADABLE
    }

    /** What came of the decision to suspend an account. */
    public enum Suspended {
        DONE,
        FAILED
    }

    /** What became of a verdict on its way to the edge. */
    public enum Sent {
        ACKNOWLEDGED,
        FAILED
    }

    private static final String NONE = "none";
    private static final Duration[] BUCKETS = Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Counter accepted;
    private final Counter deferred;
    private final Map<Reason, Counter> tolerated;
    private final Map<Reason, Counter> rejected;
    private final Map<Reason, Counter> reported;
    private final Map<Reason, Counter> overlooked;
    private final Map<Skipped, Counter> skipped;
    private final Map<CacheLookup, Counter> cacheLookups;
    private final Map<DirectoryCall, Counter> directoryCalls;
    private final Map<FeedRecord, Counter> feedRecords;
    private final Map<Suspended, Counter> suspensions;
    private final Counter confusables;
    private final Timer judge;
    private final Timer age;
    private final Map<Sent, Timer> sent = new EnumMap<>(Sent.class);
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("kafka-metrics").factory());

    public PolicyMetrics(MeterRegistry registry) {
        this.registry = registry;
        accepted = verdicts("accept", NONE);
        deferred = verdicts("defer", NONE);
        tolerated = each(Reason.class, reason -> verdicts("accept", reason.word()));
        rejected = each(Reason.class, reason -> verdicts("reject", reason.word()));
        reported = each(Reason.class, reason -> wouldBeRefused(Mode.REPORT, reason));
        overlooked = each(Reason.class, reason -> wouldBeRefused(Mode.OFF, reason));
        skipped = each(
                Skipped.class,
                why -> counter("signet.policy.submissions.skipped", "Submissions without a verdict", "why", why));
        cacheLookups = each(
                CacheLookup.class,
                result -> counter("signet.policy.cache.lookups", "Look-ups of originators", "result", result));
        directoryCalls = each(
                DirectoryCall.class,
                result -> counter("signet.policy.directory.calls", "Calls to directory-service", "result", result));
        feedRecords = each(
                FeedRecord.class,
                kind -> counter("signet.policy.feed.records", "Records of the directory's change feed", "kind", kind));
        suspensions = each(
                Suspended.class,
                result -> counter(
                        "signet.policy.suspensions",
                        "Accounts to suspend, as they tried many foreign addresses",
                        "result",
                        result));
        confusables = Counter.builder("signet.policy.confusables")
                .description("Refused originators that look like an address of the account")
                .register(registry);
        judge = Timer.builder("signet.policy.judge")
                .description("Time from reading a submission to its verdict")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        age = Timer.builder("signet.policy.submission.age")
                .description("Time from writing a submission to reading it")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        for (Sent result : Sent.values()) {
            sent.put(
                    result,
                    Timer.builder("signet.policy.verdicts.sent")
                            .description("Verdicts handed to Kafka, until their acknowledgement")
                            .tag("result", result.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry));
        }
    }

    /** @param waited from the edge's writing it, by two clocks: what is below zero counts as zero */
    public void read(Duration waited) {
        age.record(waited.isNegative() ? Duration.ZERO : waited);
    }

    public void sent(Sent result, Duration took) {
        sent.get(result).record(took);
    }

    /** Shows a client's own metrics, as far as {@link KafkaMeters} lets them, until what this returns is closed. */
    public KafkaClientMetrics show(Producer<?, ?> producer) {
        var client = new KafkaClientMetrics(producer, List.of(), looks);
        client.bindTo(registry);
        return client;
    }

    @PreDestroy
    void close() {
        looks.shutdownNow();
    }

    /** Counts the verdict and what it found, and times it. */
    public void judged(Verdict verdict, Duration took) {
        judge.record(took);
        switch (verdict) {
            case Accept _ -> accepted.increment();
            case Overlook overlook -> {
                accepted.increment();
                overlooked.get(overlook.violation().reason()).increment();
            }
            case Tolerate tolerate -> {
                count(tolerated, tolerate.violation().reason(), tolerate.looksLike());
                reported.get(tolerate.violation().reason()).increment();
            }
            case Reject reject -> count(rejected, reject.violation().reason(), reject.looksLike());
            case Defer _ -> deferred.increment();
        }
    }

    public void skipped(Skipped why) {
        skipped.get(why).increment();
    }

    public void cacheLookup(CacheLookup result) {
        cacheLookups.get(result).increment();
    }

    public void directoryCall(DirectoryCall result) {
        directoryCalls.get(result).increment();
    }

    public void feedRecord(FeedRecord kind) {
        feedRecords.get(kind).increment();
    }

    public void suspension(boolean done) {
        suspensions.get(done ? Suspended.DONE : Suspended.FAILED).increment();
    }

    /** @param staleness how far the change feed is behind */
    public void feedStaleness(Supplier<Duration> staleness) {
        Gauge.builder("signet.policy.feed.staleness", () -> staleness.get().toMillis() / 1000.0)
                .description("Age of the newest heartbeat of the directory's change feed")
                .baseUnit("seconds")
                .register(registry);
    }

    /** Shows how many accounts are in the cache. */
    public void cacheEntries(LongSupplier entries) {
        Gauge.builder("signet.policy.cache.entries", () -> entries.getAsLong())
                .description("Accounts whose originators are kept")
                .register(registry);
    }

    private void count(Map<Reason, Counter> verdicts, Reason reason, Optional<String> looksLike) {
        verdicts.get(reason).increment();
        looksLike.ifPresent(_ -> confusables.increment());
    }

    private Counter verdicts(String outcome, String reason) {
        return Counter.builder("signet.policy.verdicts")
                .description("Verdicts; an accept with a reason is what mode report let pass")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(registry);
    }

    private Counter wouldBeRefused(Mode mode, Reason reason) {
        return Counter.builder("signet.policy.would.be.refused")
                .description("Submissions that went out, and that mode enforce would have refused")
                .tag("mode", mode.word())
                .tag("reason", reason.word())
                .register(registry);
    }

    private Counter counter(String name, String description, String label, Enum<?> value) {
        return Counter.builder(name)
                .description(description)
                .tag(label, value.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private static <E extends Enum<E>> Map<E, Counter> each(Class<E> type, Function<E, Counter> counter) {
        var counters = new EnumMap<E, Counter>(type);
        Arrays.stream(type.getEnumConstants()).forEach(value -> counters.put(value, counter.apply(value)));
        return counters;
    }
}
