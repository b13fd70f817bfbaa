package org.signetmail.edge.relay;

import io.opentelemetry.api.trace.SpanKind;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.relay.Outcome.FailedForGood;
import org.signetmail.edge.relay.Outcome.Later;
import org.signetmail.edge.trace.Step;
import org.signetmail.edge.trace.Traces;

/** Delivers a message to one destination, and waits for that when it is away for a short time only. */
final class Delivery {
    private static final Logger LOG = Logger.getLogger(Delivery.class);
    /** Connections that one message may break before it is suspected and set aside, out of the way of the others. */
    private static final int SUSPICIOUS = 3;

    private static final String NO_ANSWER = "4.4.1"; // RFC 3463 3.5
    private static final String EXPIRED = "4.4.7";

    private final Lines lines;
    private final Reports reports;
    private final BackOff backOff;
    private final Duration setAsideAfter;
    private final RelayMetrics metrics;
    private final Traces traces;
    private final Clock clock;

    Delivery(Lines lines, Courier.Rules rules, RelayMetrics metrics, Traces traces, Clock clock) {
        this.lines = lines;
        this.reports = rules.reports();
        this.backOff = rules.backOff();
        this.setAsideAfter = rules.setAsideAfter();
        this.metrics = metrics;
        this.traces = traces;
        this.clock = clock;
    }

    enum Carried {
        DECIDED,
        /** The destination is away, another message tries it. */
        UNTRIED,
        /** The relay stops, or the message is another instance's. */
        STOPPED
    }

    /** Decides for every recipient of a part that is for one destination. */
    Carried carry(InHand mail, OutboundMessage part, Destination own, Answers answers) throws InterruptedException {
        HopGate gate = own.gate();
        int broken = 0;
        for (int failures = 1; !answers.complete(); failures++) {
            if (gate.closed() || mail.abandoned()) {
                return Carried.STOPPED;
            }
            if (gate.awayFor(patience(own)) && !gate.mayTry(backOff)) {
                if (failures == 1 && lines.ownsOne(own)) {
                    return Carried.UNTRIED;
                }
                answers.decideRest(new Later(NO_ANSWER, gate.lastTrouble(), Optional.empty()));
                break;
            }
            Optional<HopTrouble> trouble = attempt(part, own, answers);
            if (trouble.isPresent()) {
                broken += trouble.get().inTransaction() ? 1 : 0;
                afterTrouble(part, own, answers, trouble.get(), broken, failures);
            }
        }
        return Carried.DECIDED;
    }

    /** How long it is waited for when it is away. */
    private Duration patience(Destination destination) {
        return destination.route().byMx() ? Duration.ZERO : setAsideAfter;
    }

    private Optional<HopTrouble> attempt(OutboundMessage part, Destination own, Answers answers) {
        String route = own.route().name();
        long start = System.nanoTime();
        try (Step step = traces.step("deliver", SpanKind.CLIENT)) {
            deliver(part, own, answers, step);
            own.gate().passed();
            metrics.delivered(route, Duration.ofNanos(System.nanoTime() - start));
        } catch (HopTrouble e) {
            metrics.hopTrouble(route);
            return Optional.of(e);
        } catch (RuntimeException e) {
            // A fault of this program must neither lose the message nor hold up the others.
            LOG.errorf(e, "%s: delivery failed unexpectedly", part.id());
            answers.decideRest(new Later("4.3.0", "Internal error", Optional.empty()));
        }
        return Optional.empty();
    }

    private static void deliver(OutboundMessage part, Destination own, Answers answers, Step step) throws HopTrouble {
        step.note("signet.route", own.route().name());
        try {
            own.deliver(part, answers);
        } catch (HopTrouble e) {
            step.failed(e.getMessage());
            throw e;
        } finally {
            step.note("signet.recipients.delivered", answers.delivered());
            step.note("signet.recipients.failed", answers.failed().size());
            step.note("signet.recipients.later", answers.later().size());
        }
    }

    private void afterTrouble(
            OutboundMessage part, Destination own, Answers answers, HopTrouble trouble, int broken, int failures)
            throws InterruptedException {
        HopGate gate = own.gate();
        gate.trouble(trouble.getMessage());
        if (!clock.instant().isBefore(reports.givenUpAt(part))) {
            answers.decideRest(new FailedForGood(EXPIRED, trouble.getMessage(), Optional.empty()));
        } else if (broken >= SUSPICIOUS || gate.awayFor(patience(own))) {
            answers.decideRest(new Later(NO_ANSWER, trouble.getMessage(), Optional.empty()));
        } else {
            gate.awaitHop(backOff.after(failures));
        }
    }
}
