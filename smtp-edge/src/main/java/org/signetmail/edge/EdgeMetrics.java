package org.signetmail.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
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
        DEFERRED_ARCHIVE
    }

    /** How a signIns-in ended. */
    public enum AuthResult {
        GRANTED,
        DENIED,
        UNAVAILABLE
    }

    private final MeterRegistry registry;
    private final Map<MessageResult, Counter> messages = new EnumMap<>(MessageResult.class);
    private final Map<AuthResult, Counter> signIns = new EnumMap<>(AuthResult.class);
    private final Counter[] replies = new Counter[6];
    private final Counter handshakeFailures;
    private final Timer verdictWait;
    private final Timer answerTime;

    public EdgeMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (MessageResult result : MessageResult.values()) {
            messages.put(
                    result,
                    Counter.builder("signet.edge.messages")
                            .description("Messages read whole, by how they were answered")
                            .tag("result", result.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (AuthResult result : AuthResult.values()) {
            signIns.put(
                    result,
                    Counter.builder("signet.edge.authentications")
                            .description("Sign-ins by result")
                            .tag("result", result.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (int digit = 2; digit < replies.length; digit++) {
            replies[digit] = Counter.builder("signet.edge.replies")
                    .description("SMTP replies by their first digit")
                    .tag("class", digit + "xx")
                    .register(registry);
        }
        handshakeFailures = Counter.builder("signet.edge.tls.failures")
                .description("TLS handshakes that failed on the implicit TLS listener")
                .register(registry);
        verdictWait = Timer.builder("signet.edge.verdict.wait")
                .description("From publishing a submission to its verdict")
                .publishPercentileHistogram()
                .register(registry);
        answerTime = Timer.builder("signet.edge.answer.time")
                .description("From the end of the content to the final reply")
                .publishPercentileHistogram()
                .register(registry);
    }

    /** Shows how many connections are open. */
    public void connections(IntSupplier open) {
        Gauge.builder("signet.edge.connections", open, IntSupplier::getAsInt)
                .description("Open SMTP connections")
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

    public void handshakeFailed() {
        handshakeFailures.increment();
    }

    public void verdictAfter(Duration wait) {
        verdictWait.record(wait);
    }

    public void answeredAfter(Duration time) {
        answerTime.record(time);
    }
}
