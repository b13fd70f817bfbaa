package org.signetmail.notifier.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.mail.NoticeKind;

/** Every meter of the notifier: declared once, present at zero, labels from closed enums. */
@Singleton
public class NotifierMetrics {
    /** Topics that the notifier reads. */
    public enum Topic {
        REJECTIONS,
        UNDELIVERABLE
    }

    /** What became of a mail. */
    public enum Result {
        /** In the outbox, together with its incident. */
        QUEUED,
        /** Acknowledged by Kafka. */
        PUBLISHED,
        /** Could not be written; never will be. */
        FAILED
    }

    /** Why a mail that a refusal or failure usually calls for was not written. */
    public enum Skip {
        NO_PRIMARY_ADDRESS,
        UNUSABLE_ADDRESS,
        NULL_SENDER,
        REPORT_MODE
    }

    /** Why a mail was not written, but left to the next digest. */
    public enum Suppression {
        /** The same was told within the window. */
        REPEATED,
        /** The recipient got enough mails in this hour. */
        CAPPED
    }

    /** What an attempt to tell a webhook came to. */
    public enum Attempt {
        DELIVERED,
        /** To be repeated. */
        FAILED,
        /** Not to be repeated, unless an operator says so. */
        GIVEN_UP
    }

    /** What was away and is being retried. */
    public enum Dependency {
        POSTGRESQL,
        KAFKA
    }

    private static final Duration[] BUCKETS = Stream.of(10, 50, 200, 1_000, 5_000, 30_000, 300_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Map<Enum<?>, Counter> incidents;
    private final Map<Enum<?>, Counter> duplicates;
    private final Map<Enum<?>, Counter> unreadable;
    private final Map<Enum<?>, Counter> skipped;
    private final Map<Enum<?>, Counter> retries;
    private final Map<NoticeKind, Map<Enum<?>, Counter>> notices = new HashMap<>();
    private final Map<NoticeKind, Map<Enum<?>, Counter>> suppressed = new HashMap<>();
    private final Counter expired;
    private final Counter canaries;
    private final Map<Topic, Timer> ages = new EnumMap<>(Topic.class);
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong oldestSeconds = new AtomicLong();
    private final MeterRegistry registry;
    private final Map<String, Webhook> webhooks = new ConcurrentHashMap<>();

    /** Meters of one target. */
    private record Webhook(Map<Enum<?>, Counter> attempts, Timer time, AtomicLong pending, AtomicLong oldestSeconds) {}

    public NotifierMetrics(MeterRegistry registry) {
        this.registry = registry;
        incidents = counters(registry, "incidents", "Incidents recorded", "reason", Reason.values());
        duplicates = counters(registry, "duplicates", "Events that had been seen before", "topic", Topic.values());
        unreadable =
                counters(registry, "unreadable", "Records that are no event, passed over", "topic", Topic.values());
        skipped = counters(registry, "skipped", "Mails that were not called for", "cause", Skip.values());
        retries = counters(
                registry, "retries", "Attempts that failed and are repeated", "dependency", Dependency.values());
        canaries = Counter.builder("signet.notifier.canaries")
                .description("Refusals of forged messages that edges submitted to themselves")
                .register(registry);
        for (NoticeKind kind : NoticeKind.values()) {
            var tag = Tag.of("kind", kind.word());
            notices.put(
                    kind,
                    counters(registry, "notices", "Mails by what became of them", "result", Result.values(), tag));
        }
        for (NoticeKind kind : List.of(NoticeKind.NDR, NoticeKind.ADMIN)) {
            suppressed.put(
                    kind,
                    counters(
                            registry,
                            "suppressed",
                            "Refusals that were left to the next digest",
                            "cause",
                            Suppression.values(),
                            Tag.of("kind", kind.word())));
        }
        expired = Counter.builder("signet.notifier.incidents.expired")
                .description("Incidents that were deleted because they were old")
                .register(registry);
        for (Topic topic : Topic.values()) {
            ages.put(
                    topic,
                    Timer.builder("signet.notifier.event.age")
                            .description("Time from writing a record to having recorded it")
                            .tag("topic", topic.name().toLowerCase(Locale.ROOT))
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry));
        }
        Gauge.builder("signet.notifier.outbox.pending", pending, AtomicLong::get)
                .description("Mails in the outbox that Kafka has not acknowledged")
                .register(registry);
        Gauge.builder("signet.notifier.outbox.oldest", oldestSeconds, AtomicLong::get)
                .description("Age of the oldest mail in the outbox")
                .baseUnit("seconds")
                .register(registry);
    }

    public void incident(Reason reason) {
        incidents.get(reason).increment();
    }

    public void canaries(int refusals) {
        canaries.increment(refusals);
    }

    public void duplicates(Topic topic, int events) {
        duplicates.get(topic).increment(events);
    }

    public void unreadable(Topic topic) {
        unreadable.get(topic).increment();
    }

    /** @param age by two clocks: what is below zero counts as zero */
    public void recorded(Topic topic, Duration age) {
        ages.get(topic).record(age.isNegative() ? Duration.ZERO : age);
    }

    public void skipped(Skip cause) {
        skipped.get(cause).increment();
    }

    public void suppressed(NoticeKind kind, Suppression cause) {
        suppressed.get(kind).get(cause).increment();
    }

    public void expired(int incidents) {
        expired.increment(incidents);
    }

    public void retry(Dependency dependency) {
        retries.get(dependency).increment();
    }

    public void notice(NoticeKind kind, Result result) {
        notices.get(kind).get(result).increment();
    }

    /** Sets the gauges of the outbox. */
    public void outbox(long mails, Duration oldest) {
        pending.set(mails);
        oldestSeconds.set(oldest.toSeconds());
    }

    /** Declares the meters of a target of webhooks; its name is the administrator's. */
    public void webhook(String target) {
        var tag = Tag.of("target", target);
        var meters = new Webhook(
                counters(registry, "webhook.attempts", "Calls of a webhook", "result", Attempt.values(), tag),
                Timer.builder("signet.notifier.webhook.calls")
                        .description("Time of calls of a webhook")
                        .tags(List.of(tag))
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry),
                new AtomicLong(),
                new AtomicLong());
        Gauge.builder("signet.notifier.webhook.pending", meters.pending, AtomicLong::get)
                .description("Incidents that a webhook is still to be told of")
                .tags(List.of(tag))
                .register(registry);
        Gauge.builder("signet.notifier.webhook.oldest", meters.oldestSeconds, AtomicLong::get)
                .description("Age of the oldest of them")
                .baseUnit("seconds")
                .tags(List.of(tag))
                .register(registry);
        webhooks.put(target, meters);
    }

    public void attempt(String target, Attempt result) {
        webhooks.get(target).attempts.get(result).increment();
    }

    public void called(String target, Duration time) {
        webhooks.get(target).time.record(time);
    }

    /** Sets the gauges of a target. */
    public void webhookBacklog(String target, long deliveries, Duration oldest) {
        webhooks.get(target).pending.set(deliveries);
        webhooks.get(target).oldestSeconds.set(oldest.toSeconds());
    }

    private static Map<Enum<?>, Counter> counters(
            MeterRegistry registry, String name, String description, String label, Enum<?>[] values, Tag... more) {
        var counters = new HashMap<Enum<?>, Counter>();
        for (Enum<?> value : values) {
            List<Tag> tags = new ArrayList<>(List.of(more));
            tags.add(Tag.of(label, value.name().toLowerCase(Locale.ROOT)));
            counters.put(
                    value,
                    Counter.builder("signet.notifier." + name)
                            .description(description)
                            .tags(tags)
                            .register(registry));
        }
        return counters;
    }
}
