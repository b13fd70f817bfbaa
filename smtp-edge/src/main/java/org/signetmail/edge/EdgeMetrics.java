package org.signetmail.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.signetmail.edge.archive.Retention;
import org.signetmail.edge.command.Verb;
import org.signetmail.edge.content.Budget;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.reply.Reply;

/** Metrics of the edge, apart from its relay's. Each is there from the start, at zero. */
@ApplicationScoped
public class EdgeMetrics {
    /** How a message ended for its client. */
    public enum MessageResult {
        ACCEPTED,
        /** Accepted although a rule was broken: mode report. */
        REPORTED,
        REFUSED_IDENTITY,
        REFUSED_FORM,
        REFUSED_SUSPENDED,
        DEFERRED_NO_VERDICT,
        DEFERRED_BY_POLICY,
        DEFERRED_NOT_DURABLE,
        DEFERRED_ARCHIVE,
        /** Neither memory nor disk for it. */
        DEFERRED_NO_ROOM
    }

    /** How a sign-in ended. */
    public enum AuthResult {
        GRANTED,
        DENIED,
        UNAVAILABLE
    }

    /** Which limit a connection was refused by. */
    public enum Refusal {
        TOTAL,
        ADDRESS,
        ACCOUNT,
        /** Too many failed sign-ins. */
        SIGN_INS
    }

    /** What became of a record in the reply partition. */
    public enum VerdictResult {
        TAKEN,
        /** Nobody waits for it: answered 451 before, or asked before a restart. */
        LATE,
        UNREADABLE
    }

    /** What became of a forged message that the edge submitted to itself. */
    public enum CanaryResult {
        /** As it must be. */
        REFUSED,
        ACCEPTED,
        /** Another reply than the one for a forged originator. */
        OTHER_REPLY,
        DEFERRED,
        SIGN_IN_REFUSED,
        /** No connection, no TLS, or no reply in time. */
        UNREACHABLE
    }

    /** Replies by their first digit. */
    private enum ReplyClass {
        SUCCESS("2xx"),
        GO_ON("3xx"),
        LATER("4xx"),
        REFUSED("5xx");

        private final String label;

        ReplyClass(String label) {
            this.label = label;
        }

        private static ReplyClass of(Reply reply) {
            return values()[reply.code() / 100 - 2];
        }
    }

    private static final Duration[] ANSWER_BUCKETS = Stream.of(
                    2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<MessageResult, Counter> messages;
    private final Map<AuthResult, Counter> signIns;
    private final Map<VerdictResult, Counter> verdicts;
    private final Map<Verb, Map<ReplyClass, Counter>> replies = new EnumMap<>(Verb.class);
    private final Map<ReplyClass, Counter> otherReplies;
    private final Counter handshakeFailures;
    private final Map<Refusal, Counter> refusedConnections;
    private final Counter refusedProxyHeaders;
    private final Counter hungConnections;
    private final Counter failedSessions;
    private final Counter waitsForRoom;
    private final Timer signInDelays;
    private final Counter exceededRates;
    private final Timer verdictWait;
    private final Timer answerTime;
    private final Map<CanaryResult, Counter> canaries;
    private final Timer canaryTime;
    private final AtomicLong canaryRefusedAt = new AtomicLong();

    public EdgeMetrics(MeterRegistry registry) {
        this.registry = registry;
        messages =
                counters(MessageResult.class, "signet.edge.messages", "Messages read whole, by how they were answered");
        signIns = counters(AuthResult.class, "signet.edge.authentications", "Sign-ins by result");
        verdicts = counters(VerdictResult.class, "signet.edge.verdicts", "Records read from the reply partition");
        for (Verb verb : Verb.values()) {
            replies.put(verb, replies(verb.name().toLowerCase(Locale.ROOT)));
        }
        otherReplies = replies("none");
        handshakeFailures = counter("signet.edge.tls.failures", "TLS handshakes that failed");
        refusedConnections =
                counters(Refusal.class, "limit", "signet.edge.connections.refused", "Connections over a limit");
        refusedProxyHeaders = counter(
                "signet.edge.proxy.headers.refused",
                "Connections from a proxy without a PROXY header that can be read");
        hungConnections =
                counter("signet.edge.connections.hung", "Connections aborted: the client neither read nor sent");
        failedSessions = counter("signet.edge.sessions.failed", "Sessions ended by an error of this server");
        waitsForRoom = counter(
                "signet.edge.message.room.waits",
                "Times that a message waited for memory or disk, its client not read from");
        signInDelays = Timer.builder("signet.edge.sign.in.delays")
                .description("Delays of answers to failed sign-ins")
                .register(registry);
        exceededRates = counter("signet.edge.rates.exceeded", "Replies 450 and 452 to accounts over their rate");
        verdictWait = Timer.builder("signet.edge.verdict.wait")
                .description("From publishing a submission to its verdict, or to giving up")
                .serviceLevelObjectives(ANSWER_BUCKETS)
                .register(registry);
        answerTime = Timer.builder("signet.edge.answer.time")
                .description("From the end of the content to the final reply")
                .serviceLevelObjectives(ANSWER_BUCKETS)
                .register(registry);
        canaries = counters(CanaryResult.class, "signet.edge.canary", "Forged messages submitted to ourselves");
        canaryTime = Timer.builder("signet.edge.canary.time")
                .description("From connecting to the final reply of such a message")
                .register(registry);
        Gauge.builder("signet.edge.canary.last.success.seconds", canaryRefusedAt, AtomicLong::get)
                .description("When such a message was last refused as it must be; 0 for never")
                .register(registry);
    }

    private Map<ReplyClass, Counter> replies(String verb) {
        var counters = new EnumMap<ReplyClass, Counter>(ReplyClass.class);
        for (ReplyClass digit : ReplyClass.values()) {
            counters.put(
                    digit,
                    Counter.builder("signet.edge.replies")
                            .description("SMTP replies, by the command that they answer and their first digit")
                            .tag("verb", verb)
                            .tag("class", digit.label)
                            .register(registry));
        }
        return counters;
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private <E extends Enum<E>> Map<E, Counter> counters(Class<E> results, String name, String description) {
        return counters(results, "result", name, description);
    }

    private <E extends Enum<E>> Map<E, Counter> counters(
            Class<E> values, String label, String name, String description) {
        var counters = new EnumMap<E, Counter>(values);
        for (E value : values.getEnumConstants()) {
            counters.put(
                    value,
                    Counter.builder(name)
                            .description(description)
                            .tag(label, value.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        return counters;
    }

    /** Shows how many connections are open, and how many there may be. */
    public void connections(IntSupplier open, int limit) {
        gauge("signet.edge.connections", "Open SMTP connections", open::getAsInt);
        gauge(
                "signet.edge.connections.limit",
                "Connections that there may be, signet.smtp.max-connections",
                () -> limit);
    }

    /** Shows how much of their budgets the messages in hand use. */
    public void messageOctets(Budget memory, Budget disk) {
        gauge(
                "signet.edge.message.memory.octets",
                "Memory that messages in hand use or have reserved, of signet.smtp.memory-budget",
                memory::used);
        gauge("signet.edge.message.memory.limit.octets", "signet.smtp.memory-budget", memory::limit);
        gauge(
                "signet.edge.message.spill.octets",
                "Disk that messages in hand use or have reserved, of signet.smtp.spill-budget",
                disk::used);
        gauge("signet.edge.message.spill.limit.octets", "signet.smtp.spill-budget", disk::limit);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Shows how many series are counted. */
    public void counts(IntSupplier series) {
        gauge(
                "signet.edge.counts.series",
                "Addresses, networks and accounts of which something is counted",
                series::getAsInt);
    }

    /** Shows how many submissions wait for their verdict. */
    public void pendingVerdicts(IntSupplier pending) {
        gauge("signet.edge.verdicts.pending", "Submissions that wait for their verdict", pending::getAsInt);
    }

    /** Shows how large the archive is, and how much of it was deleted. */
    public void archive(Retention retention) {
        Gauge.builder("signet.edge.archive.octets", retention, Retention::octets)
                .description("Size of the archive when it was last looked at")
                .strongReference(true)
                .register(registry);
        FunctionCounter.builder("signet.edge.archive.deleted", retention, Retention::deleted)
                .description("Copies deleted for their age or for room")
                .register(registry);
    }

    /** Shows how many lines the protocol log could not write. */
    public void lostLogLines(ProtocolLog log) {
        FunctionCounter.builder("signet.edge.protocol.log.lost.lines", log, ProtocolLog::lostLines)
                .description("Lines that the protocol log could not write")
                .register(registry);
    }

    public void message(MessageResult result) {
        messages.get(result).increment();
    }

    public void authentication(AuthResult result) {
        signIns.get(result).increment();
    }

    /** @param verb what is answered; empty for a greeting and whatever else answers no command */
    public void replied(Optional<Verb> verb, Reply reply) {
        verb.map(replies::get).orElse(otherReplies).get(ReplyClass.of(reply)).increment();
    }

    public void verdict(VerdictResult result) {
        verdicts.get(result).increment();
    }

    public void connectionRefused(Refusal limit) {
        refusedConnections.get(limit).increment();
    }

    public void proxyHeaderRefused() {
        refusedProxyHeaders.increment();
    }

    public void connectionHung() {
        hungConnections.increment();
    }

    public void signInDelayed(Duration delay) {
        signInDelays.record(delay);
    }

    public void rateExceeded() {
        exceededRates.increment();
    }

    public void waitedForRoom() {
        waitsForRoom.increment();
    }

    public void sessionFailed() {
        failedSessions.increment();
    }

    public void handshakeFailed() {
        handshakeFailures.increment();
    }

    public void verdictAfter(Duration wait) {
        verdictWait.record(wait);
    }

    public void canary(CanaryResult result, Duration time, Instant at) {
        canaries.get(result).increment();
        canaryTime.record(time);
        if (result == CanaryResult.REFUSED) {
            canaryRefusedAt.set(at.getEpochSecond());
        }
    }

    public void answeredAfter(Duration time) {
        answerTime.record(time);
    }
}
