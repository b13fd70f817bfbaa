package org.signetmail.edge.relay;

import io.opentelemetry.api.trace.SpanKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.NotAcknowledged;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.edge.queue.Orders;
import org.signetmail.edge.queue.QueueOrder;
import org.signetmail.edge.relay.Couriers.End;
import org.signetmail.edge.relay.Outcome.Delivered;
import org.signetmail.edge.relay.Outcome.FailedForGood;
import org.signetmail.edge.relay.Outcome.Later;
import org.signetmail.edge.relay.RelayMetrics.Report;
import org.signetmail.edge.relay.RelayMetrics.Result;
import org.signetmail.edge.trace.Step;
import org.signetmail.edge.trace.Traces;

/**
 * Brings one message to its end for this attempt, on a virtual thread: waits for the next hop, delivers, and sees that
 * what is to be told is reported and what may yet succeed is set aside, durably, before the message counts as settled.
 */
final class Courier {
    private static final Logger LOG = Logger.getLogger(Courier.class);
    /** Connections that one message may break before it is suspected and set aside, out of the way of the others. */
    private static final int SUSPICIOUS = 3;

    private static final String NO_ANSWER = "4.4.1"; // RFC 3463 3.5
    private static final String BUSY = "4.3.2"; // RFC 3463 3.4
    private static final String EXPIRED = "4.4.7";
    private static final String DELETED = "5.7.1";
    private static final String LOOP = "5.4.6";

    /** What a courier goes by. */
    record Rules(RetryTiers tiers, Reports reports, BackOff backOff, Duration setAsideAfter, int maxHops) {}

    private final Destinations destinations;
    private final Orders orders;
    private final Rules rules;
    private final Aftermath aftermath;
    private final RelayMetrics metrics;
    private final Traces traces;
    private final Clock clock;

    Courier(
            Destinations destinations,
            Orders orders,
            Rules rules,
            Aftermath aftermath,
            RelayMetrics metrics,
            Traces traces,
            Clock clock) {
        this.destinations = destinations;
        this.orders = orders;
        this.rules = rules;
        this.aftermath = aftermath;
        this.metrics = metrics;
        this.traces = traces;
        this.clock = clock;
    }

    /**
     * Returns how it ended; what is left open is delivered by whoever reads it next.
     *
     * @param own destination on whose thread this is: for others nobody waits here
     */
    End settle(InHand mail, Destination own) throws InterruptedException {
        OutboundMessage message = mail.message();
        Optional<QueueOrder> order = orders.of(message.id());
        Optional<Writing> instead = insteadOfAnAttempt(mail, order, clock.instant());
        if (instead.isPresent()) {
            return persist(mail, own, instead.get()) ? End.HELD : End.OPEN;
        }
        var answers = new Answers(message.recipients());
        order.ifPresent(deletion -> answers.decideRest(
                new FailedForGood(DELETED, "Deleted by an operator: " + deletion.reason(), Optional.empty())));
        cutLoop(message, answers);
        Map<Destination, List<String>> parts = destinations.of(answers.undecided());
        for (Map.Entry<Destination, List<String>> part : parts.entrySet()) {
            boolean patient = parts.size() == 1 && !part.getKey().route().byMx();
            var leg = new Leg(mail, message.to(part.getValue()), part.getKey(), patient);
            if (!carry(leg, answers)) {
                return End.OPEN;
            }
        }
        boolean done =
                conclude(mail, own, answers) && (order.isEmpty() || persist(mail, own, () -> orders.end(message.id())));
        return done ? End.SETTLED : End.OPEN;
    }

    /** What a message comes to that is not to be delivered now: a copy that was moved, one that is held. */
    private Optional<Writing> insteadOfAnAttempt(InHand mail, Optional<QueueOrder> order, Instant now) {
        int partition = mail.first().partition().partition();
        long offset = mail.first().offset();
        boolean retry = mail.first().partition().topic().equals(OutboundWriter.RETRIES);
        if (retry && orders.isMoved(partition, offset)) {
            return Optional.of(() -> orders.endMoved(partition, offset));
        }
        if (order.isPresent() && order.get().action() == QueueOrder.Action.HOLD) {
            return Optional.of(
                    () -> aftermath.hold(mail.message(), rules.tiers().longest(now)));
        }
        return mail.message()
                .parameters()
                .holdUntil()
                .filter(now::isBefore)
                .map(release ->
                        () -> aftermath.hold(mail.message(), rules.tiers().until(release, now)));
    }

    /** What there is no room for now is set aside without an attempt. */
    End postpone(InHand mail, Destination own) throws InterruptedException {
        var answers = new Answers(mail.message().recipients());
        answers.decideRest(new Later(BUSY, "Too much mail waits for this route", Optional.empty()));
        return conclude(mail, own, answers) ? End.SETTLED : End.OPEN;
    }

    /**
     * A message on its way to one destination.
     *
     * @param message with the recipients of that destination
     * @param patient whether it waits for a destination that has been away for a short time only
     */
    private record Leg(InHand mail, OutboundMessage message, Destination destination, boolean patient) {}

    private void cutLoop(OutboundMessage message, Answers answers) {
        int hops = HeaderOctets.hops(message.content());
        if (hops > rules.maxHops()) {
            answers.decideRest(new FailedForGood(LOOP, "Routing loop: " + hops + " Received fields", Optional.empty()));
        }
    }

    /** Decides for every recipient of the leg; false when the relay stops or the message is another instance's. */
    private boolean carry(Leg leg, Answers all) throws InterruptedException {
        HopGate gate = leg.destination().gate();
        var answers = new Answers(leg.message().recipients());
        int broken = 0;
        for (int failures = 1; !answers.complete(); failures++) {
            if (gate.closed() || leg.mail().abandoned()) {
                return false;
            }
            if (gate.awayFor(patience(leg)) && !gate.mayTry(rules.backOff())) {
                answers.decideRest(new Later(NO_ANSWER, gate.lastTrouble(), Optional.empty()));
                break;
            }
            Optional<HopTrouble> trouble = attempt(leg, answers);
            if (trouble.isPresent()) {
                broken += trouble.get().inTransaction() ? 1 : 0;
                afterTrouble(leg, answers, trouble.get(), broken, failures);
            }
        }
        answers.decided().forEach(all::decide);
        return true;
    }

    private Duration patience(Leg leg) {
        return leg.patient() ? rules.setAsideAfter() : Duration.ZERO;
    }

    private Optional<HopTrouble> attempt(Leg leg, Answers answers) {
        String route = leg.destination().route().name();
        long start = System.nanoTime();
        try (Step step = traces.step("deliver", SpanKind.CLIENT)) {
            deliver(leg, answers, step);
            leg.destination().gate().passed();
            metrics.delivered(route, Duration.ofNanos(System.nanoTime() - start));
        } catch (HopTrouble e) {
            metrics.hopTrouble(route);
            return Optional.of(e);
        } catch (RuntimeException e) {
            // A fault of this program must neither lose the message nor hold up the others.
            LOG.errorf(e, "%s: delivery failed unexpectedly", leg.message().id());
            answers.decideRest(new Later("4.3.0", "Internal error", Optional.empty()));
        }
        return Optional.empty();
    }

    private static void deliver(Leg leg, Answers answers, Step step) throws HopTrouble {
        step.note("signet.route", leg.destination().route().name());
        try {
            leg.destination().deliver(leg.message(), answers);
        } catch (HopTrouble e) {
            step.failed(e.getMessage());
            throw e;
        } finally {
            step.note("signet.recipients.delivered", answers.delivered());
            step.note("signet.recipients.failed", answers.failed().size());
            step.note("signet.recipients.later", answers.later().size());
        }
    }

    private void afterTrouble(Leg leg, Answers answers, HopTrouble trouble, int broken, int failures)
            throws InterruptedException {
        HopGate gate = leg.destination().gate();
        gate.trouble(trouble.getMessage());
        if (pastGiveUp(leg.message())) {
            answers.decideRest(new FailedForGood(EXPIRED, trouble.getMessage(), Optional.empty()));
        } else if (broken >= SUSPICIOUS || gate.awayFor(patience(leg))) {
            answers.decideRest(new Later(NO_ANSWER, trouble.getMessage(), Optional.empty()));
        } else {
            gate.awaitHop(rules.backOff().after(failures));
        }
    }

    private boolean pastGiveUp(OutboundMessage message) {
        return !clock.instant().isBefore(rules.reports().givenUpAt(message));
    }

    private void count(OutboundMessage message, Answers answers) {
        int failed = answers.failed().size();
        int later = answers.later().size();
        answers.decided()
                .forEach((recipient, outcome) -> metrics.count(destinations.route(recipient), result(outcome)));
        LOG.logf(
                failed + later > 0 ? Logger.Level.INFO : Logger.Level.DEBUG,
                "%s: delivered %d, failed %d, later %d",
                message.id(),
                answers.delivered(),
                failed,
                later);
    }

    private static Result result(Outcome outcome) {
        return switch (outcome) {
            case Delivered _ -> Result.DELIVERED;
            case FailedForGood _ -> Result.FAILED;
            case Later _ -> Result.LATER;
        };
    }

    private boolean conclude(InHand mail, Destination own, Answers answers) throws InterruptedException {
        OutboundMessage message = mail.message();
        if (pastGiveUp(message)) {
            answers.giveUpLater();
        }
        count(message, answers);
        Instant now = clock.instant();
        Optional<Undeliverable> report = rules.reports().of(mail, answers, now);
        if (report.isPresent() && !persist(mail, own, () -> aftermath.report(message, report.get()))) {
            return false;
        }
        if (!answers.failed().isEmpty()) {
            boolean told = report.isPresent() && report.get().tells(Undeliverable.Action.FAILED);
            if (!told) {
                LOG.warnf("%s: undeliverable, and nobody is to be told: %s", message.id(), answers.failed());
            }
            metrics.count(told ? Report.SENT : Report.NONE);
        }
        List<String> later = answers.later();
        if (later.isEmpty()) {
            return true;
        }
        OutboundMessage rest = message.afterAttempt(later);
        RetryTiers.Slot slot =
                rules.tiers().afterAttempt(rest.attempt(), now, rules.reports().delayedAt(rest));
        return persist(mail, own, () -> aftermath.setAside(rest, slot));
    }

    private interface Writing {
        void write() throws NotAcknowledged;
    }

    /** Writes until Kafka has it. Giving up is safe only before the message is acknowledged, as it is here. */
    private boolean persist(InHand mail, Destination own, Writing writing) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                writing.write();
                return true;
            } catch (NotAcknowledged e) {
                LOG.warnf("%s: %s", mail.message().id(), e.getMessage());
                own.gate().pause(rules.backOff().after(failures));
                if (own.gate().closed() || mail.abandoned()) {
                    return false;
                }
            }
        }
    }
}
