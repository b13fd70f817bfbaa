package org.signetmail.edge.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.NotAcknowledged;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.relay.Outcome.FailedForGood;
import org.signetmail.edge.relay.Outcome.Later;
import org.signetmail.edge.relay.RelayMetrics.Result;

/**
 * Brings one message to its end for this attempt, on a virtual thread: waits for the next hop, delivers, and sees that
 * what failed is reported and what may yet succeed is set aside, durably, before the message counts as settled.
 */
final class Courier {
    private static final Logger LOG = Logger.getLogger(Courier.class);
    /** Connections that one message may break before it is suspected and set aside, out of the way of the others. */
    private static final int SUSPICIOUS = 3;

    private final NextHopClient nextHop;
    private final HopGate gate;
    private final BackOff backOff;
    private final Duration giveUpAfter;
    private final Aftermath aftermath;
    private final RelayMetrics metrics;
    private final Clock clock;

    Courier(
            NextHopClient nextHop,
            HopGate gate,
            BackOff backOff,
            Duration giveUpAfter,
            Aftermath aftermath,
            RelayMetrics metrics,
            Clock clock) {
        this.nextHop = nextHop;
        this.gate = gate;
        this.backOff = backOff;
        this.giveUpAfter = giveUpAfter;
        this.aftermath = aftermath;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @return whether the message is settled; if not, the relay stops or the message became another instance's */
    boolean settle(InHand mail) throws InterruptedException {
        Optional<Answers> carried = carry(mail);
        if (carried.isEmpty()) {
            return false;
        }
        Answers answers = carried.get();
        if (pastGiveUp(mail.message())) {
            answers.giveUpLater();
        }
        count(mail.message(), answers);
        return conclude(mail, answers);
    }

    private Optional<Answers> carry(InHand mail) throws InterruptedException {
        OutboundMessage message = mail.message();
        var answers = new Answers(message.recipients());
        int broken = 0;
        for (int failures = 1; !answers.complete(); failures++) {
            if (gate.closed() || mail.abandoned()) {
                return Optional.empty();
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
            answers.decideRest(new Later("Internal error", Optional.empty()));
        }
        return Optional.empty();
    }

    private void afterTrouble(OutboundMessage message, Answers answers, HopTrouble trouble, int broken, int failures)
            throws InterruptedException {
        if (pastGiveUp(message)) {
            answers.decideRest(new FailedForGood("4.4.7", trouble.getMessage(), Optional.empty()));
        } else if (broken >= SUSPICIOUS) {
            answers.decideRest(new Later(trouble.getMessage(), Optional.empty()));
        } else {
            gate.awaitHop(trouble.getMessage(), backOff.after(failures));
        }
    }

    private boolean pastGiveUp(OutboundMessage message) {
        return !clock.instant().isBefore(message.receivedAt().plus(giveUpAfter));
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
        List<String> later = answers.later();
        return (answers.failed().isEmpty() || persist(mail, () -> aftermath.report(message, answers.failed(), now)))
                && (later.isEmpty() || persist(mail, () -> aftermath.setAside(message.afterAttempt(later), now)));
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
                gate.pause(backOff.after(failures));
                if (gate.closed() || mail.abandoned()) {
                    return false;
                }
            }
        }
    }
}
