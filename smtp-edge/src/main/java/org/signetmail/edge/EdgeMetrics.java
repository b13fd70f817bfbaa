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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.signetmail.edge.archive.Retention;
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

    private final MeterRegistry registry;
    private final Map<MessageResult, Counter> messages;
    private final Map<AuthResult, Counter> signIns;
    private final Map<VerdictResult, Counter> verdicts;
    private final Counter[] replies = new Counter[6];
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
        for (int digit = 2; digit < replies.length; digit++) {
            replies[digit] = Counter.builder("signet.edge.replies")
                    .description("SMTP replies by their first digit")
                    .tag("class", digit + "xx")
                    .register(registry);
        }
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
                .publishPercentileHistogram()
                .register(registry);
        answerTime = Timer.builder("signet.edge.answer.time")
                .description("From the end of the content to the final reply")
                .publishPercentileHistogram()
                .register(registry);
        canaries = counters(CanaryResult.class, "signet.edge.canary", "Forged messages submitted to ourselves");
        canaryTime = Timer.builder("signet.edge.canary.time")
                .description("From connecting to the final reply of such a message")
                .register(registry);
        Gauge.builder("signet.edge.canary.last.success.seconds", canaryRefusedAt, AtomicLong::get)
                .description("When such a message was last refused as it must be; 0 for never")
                .register(registry);
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

    /** Shows how many connections are open. */
    public void connections(IntSupplier open) {
        Gauge.builder("signet.edge.connections", open, IntSupplier::getAsInt)
                .description("Open SMTP connections")
                .strongReference(true)
                .register(registry);
    }

    /** Shows how much of their budgets the messages in hand use. */
    public void messageOctets(LongSupplier memory, LongSupplier disk) {
        Gauge.builder("signet.edge.message.memory.octets", memory, LongSupplier::getAsLong)
                .description("Memory that messages in hand use or have reserved, of signet.smtp.memory-budget")
                .strongReference(true)
                .register(registry);
        Gauge.builder("signet.edge.message.spill.octets", disk, LongSupplier::getAsLong)
                .description("Disk that messages in hand use or have reserved, of signet.smtp.spill-budget")
                .strongReference(true)
                .register(registry);
    }

    /** Shows how many series are counted. */
    public void counts(IntSupplier series) {
        Gauge.builder("signet.edge.counts.series", series, IntSupplier::getAsInt)
                .description("Addresses, networks and accounts of which something is counted")
                .strongReference(true)
                .register(registry);
    }

    /** Shows how many submissions wait for their verdict. */
    public void pendingVerdicts(IntSupplier pending) {
        Gauge.builder("signet.edge.verdicts.pending", pending, IntSupplier::getAsInt)
                .description("Submissions that wait for their verdict")
                .strongReference(true)
                .register(registry);
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

    public void replied(Reply reply) {
        replies[reply.code() / 100].increment();
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
