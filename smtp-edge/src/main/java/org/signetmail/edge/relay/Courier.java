package org.signetmail.edge.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.NotAcknowledged;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.relay.Couriers.End;
import org.signetmail.edge.relay.Outcome.FailedForGood;
import org.signetmail.edge.relay.Outcome.Later;
import org.signetmail.edge.relay.RelayMetrics.Report;
import org.signetmail.edge.relay.RelayMetrics.Result;

/**
 * Brings one message to its end for this attempt, on a virtual thread: waits for the next hop, delivers, and sees that
 * what is to be told is reported and what may yet succeed is set aside, durably, before the message counts as settled.
 */
final class Courier {
    private static final Logger LOG = Logger.getLogger(Courier.class);
    /** Connections that one message may break before it is suspected and set aside, out of the way of the others. */
    private static final int SUSPICIOUS = 3;

    private static final String NO_ANSWER = "4.4.1"; // RFC 3463 3.5
    private static final String EXPIRED = "4.4.7";
    private static final String LOOP = "5.4.6";

    /** What a courier goes by. */
    record Rules(RetryTiers tiers, Reports reports, BackOff backOff, Duration setAsideAfter, int maxHops) {}

    private final NextHopClient nextHop;
    private final HopGate gate;
    private final Rules rules;
    private final Aftermath aftermath;
    private final RelayMetrics metrics;
    private final Clock clock;

    Courier(NextHopClient nextHop, HopGate gate, Rules rules, Aftermath aftermath, RelayMetrics metrics, Clock clock) {
        this.nextHop = nextHop;
        this.gate = gate;
        this.rules = rules;
        this.aftermath = aftermath;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Returns how it ended; what is left open is delivered by whoever reads it next. */
    End settle(InHand mail) throws InterruptedException {
        OutboundMessage message = mail.message();
        Instant now = clock.instant();
        Optional<Instant> release = message.parameters().holdUntil().filter(now::isBefore);
        if (release.isPresent()) {
            RetryTiers.Slot slot = rules.tiers().until(release.get(), now);
            return persist(mail, () -> aftermath.hold(message, slot)) ? End.HELD : End.OPEN;
        }
        Optional<Answers> carried = carry(mail);
        if (carried.isEmpty()) {
            return End.OPEN;
        }
        Answers answers = carried.get();
        if (pastGiveUp(message)) {
            answers.giveUpLater();
        }
        count(message, answers);
        return conclude(mail, answers) ? End.SETTLED : End.OPEN;
    }

    private Optional<Answers> carry(InHand mail) throws InterruptedException {
        OutboundMessage message = mail.message();
        var answers = new Answers(message.recipients());
        int hops = HeaderOctets.hops(message.content());
        if (hops > rules.maxHops()) {
            answers.decideRest(new FailedForGood(LOOP, "Routing loop: " + hops + " Received fields", Optional.empty()));
        }
        int broken = 0;
        for (int failures = 1; !answers.complete(); failures++) {
            if (gate.closed() || mail.abandoned()) {
                return Optional.empty();
            }
            if (gate.awayFor(rules.setAsideAfter())
                    && !gate.mayTry(rules.backOff().limit())) {
                answers.decideRest(new Later(NO_ANSWER, gate.lastTrouble(), Optional.empty()));
                break;
            }
            Optional<HopTrouble> trouble = attempt(message, answers);
            if (trouble.isPresent()) {
                broken += trouble.get().inTransaction() ? 1 : 0;
                afterTrouble(message, answers, trouble.get(), broken, failures);
            }
        }
        return Optional.of(answers);
    }

    private Optional<HopTrouble> attempt(OutboundMessage message, Answers answers) {
        long start = System.nanoTime();
        try {
            nextHop.deliver(message, answers);
            gate.passed();
            metrics.delivered(Duration.ofNanos(System.nanoTime() - start));
        } catch (HopTrouble e) {
            metrics.hopTrouble();
            return Optional.of(e);
        } catch (RuntimeException e) {
            // A fault of this program must neither lose the message nor hold up the others.
            LOG.errorf(e, "%s: delivery failed unexpectedly", message.id());
            answers.decideRest(new Later("4.3.0", "Internal error", Optional.empty()));
        }
        return Optional.empty();
    }

    private void afterTrouble(OutboundMessage message, Answers answers, HopTrouble trouble, int broken, int failures)
            throws InterruptedException {
        gate.trouble(trouble.getMessage());
        if (pastGiveUp(message)) {
            answers.decideRest(new FailedForGood(EXPIRED, trouble.getMessage(), Optional.empty()));
        } else if (broken >= SUSPICIOUS || gate.awayFor(rules.setAsideAfter())) {
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
        metrics.count(Result.DELIVERED, answers.delivered());
        metrics.count(Result.FAILED, failed);
        metrics.count(Result.LATER, later);
        LOG.logf(
                failed + later > 0 ? Logger.Level.INFO : Logger.Level.DEBUG,
                "%s: delivered %d, failed %d, later %d",
                message.id(),
                answers.delivered(),
                failed,
                later);
    }

    private boolean conclude(InHand mail, Answers answers) throws InterruptedException {
        OutboundMessage message = mail.message();
        Instant now = clock.instant();
        Optional<Undeliverable> report = rules.reports().of(mail, answers, now);
        if (report.isPresent() && !persist(mail, () -> aftermath.report(message, report.get()))) {
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
        return persist(mail, () -> aftermath.setAside(rest, slot));
    }

    private interface Writing {
        void write() throws NotAcknowledged;
    }

    /** Writes until Kafka has it. Giving up is safe only before the message is acknowledged, as it is here. */
    private boolean persist(InHand mail, Writing writing) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                writing.write();
                return true;
            } catch (NotAcknowledged e) {
                LOG.warnf("%s: %s", mail.message().id(), e.getMessage());
                gate.pause(rules.backOff().after(failures));
                if (gate.closed() || mail.abandoned()) {
                    return false;
                }
            }
        }
    }
}
