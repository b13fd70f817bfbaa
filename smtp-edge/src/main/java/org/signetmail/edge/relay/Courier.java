package org.signetmail.edge.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.signetmail.edge.trace.Traces;

/**
 * Brings one message to its end for this attempt, on a virtual thread: waits for the next hop, delivers, and sees that
 * what is to be told is reported and what may yet succeed is set aside, durably, before the message counts as settled.
 */
final class Courier {
    private static final Logger LOG = Logger.getLogger(Courier.class);
    private static final Later IN_LINE = // RFC 3463 3.4
            new Later("4.3.2", "More mail waits for this destination than it takes", Optional.empty());
    private static final String DELETED = "5.7.1";
    private static final String LOOP = "5.4.6";

    /** What a courier goes by. */
    record Rules(RetryTiers tiers, Reports reports, BackOff backOff, Duration setAsideAfter, int maxHops) {}

    private final Destinations destinations;
    private final Lines lines;
    private final Delivery delivery;
    private final Orders orders;
    private final Rules rules;
    private final Aftermath aftermath;
    private final RelayMetrics metrics;
    private final Clock clock;

    Courier(
            Destinations destinations,
            Lines lines,
            Orders orders,
            Rules rules,
            Aftermath aftermath,
            RelayMetrics metrics,
            Traces traces,
            Clock clock) {
        this.destinations = destinations;
        this.lines = lines;
        this.delivery = new Delivery(lines, rules, metrics, traces, clock);
        this.orders = orders;
        this.rules = rules;
        this.aftermath = aftermath;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Returns how it ended; what is left open is delivered by whoever reads it next.
     *
     * @param own destination of its first recipient, on whose thread this is
     */
    End settle(InHand mail, Destination own) throws InterruptedException {
        OutboundMessage message = mail.message();
        Optional<QueueOrder> order = orders.of(message.id());
        Optional<Writing> instead = insteadOfAnAttempt(mail, order, clock.instant());
        if (instead.isPresent()) {
            return persist(mail, own, instead.get()) ? End.HELD : End.OPEN;
        }
        Optional<FailedForGood> refusal = refusal(message, order);
        if (refusal.isPresent()) {
            var answers = new Answers(message.recipients());
            answers.decideRest(refusal.get());
            return conclude(mail, message, own, answers) ? End.SETTLED : End.OPEN;
        }
        Map<Destination, List<String>> parts = destinations.of(message.recipients());
        if (!handOn(mail, own, parts)) {
            return End.OPEN;
        }
        OutboundMessage part = message.to(parts.get(own));
        var answers = new Answers(part.recipients());
        return switch (delivery.carry(mail, part, own, answers)) {
            case DECIDED -> conclude(mail, part, own, answers) ? End.SETTLED : End.OPEN;
            case UNTRIED -> putInLine(mail, part, own) ? End.HELD : End.OPEN;
            case STOPPED -> End.OPEN;
        };
    }

    /** Why it goes nowhere: an operator has deleted it, or it goes round in circles. */
    private Optional<FailedForGood> refusal(OutboundMessage message, Optional<QueueOrder> order) {
        if (order.isPresent()) {
            return Optional.of(new FailedForGood(
                    DELETED, "Deleted by an operator: " + order.get().reason(), Optional.empty()));
        }
        int hops = HeaderOctets.hops(message.content());
        return hops > rules.maxHops()
                ? Optional.of(new FailedForGood(LOOP, "Routing loop: " + hops + " Received fields", Optional.empty()))
                : Optional.empty();
    }

    /** What is for other destinations goes on by itself: however slow one of them is, it keeps no thread of this one. */
    private boolean handOn(InHand mail, Destination own, Map<Destination, List<String>> parts)
            throws InterruptedException {
        for (Map.Entry<Destination, List<String>> part : parts.entrySet()) {
            boolean another = part.getKey() != own;
            if (another && !putInLine(mail, mail.message().to(part.getValue()), part.getKey())) {
                return false;
            }
        }
        return true;
    }

    private boolean putInLine(InHand mail, OutboundMessage message, Destination destination)
            throws InterruptedException {
        Instant now = clock.instant();
        OptionalInt line = lines.of(destination);
        RetryTiers.Slot slot = line.isPresent()
                ? new RetryTiers.Slot(line.getAsInt(), now)
                : rules.tiers().shortest(now);
        return persist(mail, destination, () -> aftermath.putInLine(message, slot));
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

    /** What there is no room for now is put in line, without an attempt; its sender is told when it is late or too old. */
    End postpone(InHand mail, Destination own) throws InterruptedException {
        OutboundMessage message = mail.message();
        Instant now = clock.instant();
        boolean ordered = orders.of(message.id()).isPresent()
                || insteadOfAnAttempt(mail, Optional.empty(), now).isPresent();
        if (ordered) {
            return settle(mail, own);
        }
        var answers = new Answers(message.recipients());
        answers.decideRest(IN_LINE);
        if (pastGiveUp(message)) {
            return conclude(mail, message, own, answers) ? End.SETTLED : End.OPEN;
        }
        Optional<Undeliverable> report = rules.reports().of(mail, answers, now);
        boolean told = report.isEmpty() || persist(mail, own, () -> aftermath.report(message, report.get()));
        return told && putInLine(mail, message, own) ? End.HELD : End.OPEN;
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

    /** @param message as far as it is for this destination */
    private boolean conclude(InHand mail, OutboundMessage message, Destination own, Answers answers)
            throws InterruptedException {
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
