package org.signetmail.edge.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signetmail.edge.command.Notify;
import org.signetmail.edge.command.RcptParameters;
import org.signetmail.edge.command.Ret;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.relay.Outcome.Delivered;
import org.signetmail.edge.relay.Outcome.FailedForGood;
import org.signetmail.edge.relay.Outcome.Later;
import org.signetmail.edge.relay.Undeliverable.Action;
import org.signetmail.edge.relay.Undeliverable.Recipient;

/**
 * What the sender is told about an attempt, by what NOTIFY asks for (RFC 3461 4.1, 5.2 and 6.2). Pure: from answers to an
 * event.
 *
 * @param delayAfter a message that old is reported delayed, once
 * @param returnUpTo octets of a message that RET=FULL returns whole
 */
record Reports(String reportingMta, Duration delayAfter, Duration giveUpAfter, long returnUpTo) {
    /** The edge takes no larger header block; a record stays below Kafka's limit whoever else wrote the message. */
    private static final int HEADER_LIMIT = 256 * 1024;
    /** Without NOTIFY (RFC 3461 4.1): failures in any case, delays as we see fit. */
    private static final Set<Notify> USUAL = Set.of(Notify.FAILURE, Notify.DELAY);
    /** Two relays may disagree about the time; who is told twice is told once by the notifier. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);
    /** Failures of a next hop without 8BITMIME or SMTPUTF8, which could not take such a report either. */
    private static final Set<String> UNSUITED = Set.of("5.6.3", "5.6.7");

    /** When a message of this age is to be reported as delayed. */
    Instant delayedAt(OutboundMessage message) {
        return deliverableFrom(message).plus(delayAfter);
    }

    /**
     * When its sender is to be told something, should it be waiting still.
     *
     * @param waitsSince what was to be told before that was told
     */
    Instant nextNotice(OutboundMessage message, Instant waitsSince) {
        boolean ofDelay = !message.mailFrom().isEmpty()
                && message.recipients().stream()
                        .anyMatch(address -> notify(message, address).contains(Notify.DELAY));
        Instant late = delayedAt(message);
        return ofDelay && waitsSince.isBefore(late) ? late : givenUpAt(message);
    }

    private static Set<Notify> notify(OutboundMessage message, String address) {
        Set<Notify> asked = message.parameters().of(address).notifyOn();
        return asked.isEmpty() ? USUAL : asked;
    }

    /** When a message is given up. */
    Instant givenUpAt(OutboundMessage message) {
        return deliverableFrom(message).plus(giveUpAfter);
    }

    /** RFC 4865: a message that was held is not late because of that. */
    private static Instant deliverableFrom(OutboundMessage message) {
        return message.parameters()
                .holdUntil()
                .filter(release -> release.isAfter(message.receivedAt()))
                .orElse(message.receivedAt());
    }

    /** Empty when there is nothing to tell, or nobody (RFC 5321 6.1: never a report to the null sender). */
    Optional<Undeliverable> of(InHand mail, Answers answers, Instant now) {
        OutboundMessage message = mail.message();
        var recipients = new ArrayList<Recipient>();
        if (!message.mailFrom().isEmpty()) {
            answers.decided()
                    .forEach((address, outcome) ->
                            recipient(mail, address, outcome, now).ifPresent(recipients::add));
        }
        return recipients.isEmpty() ? Optional.empty() : Optional.of(event(message, recipients, now));
    }

    private Optional<Recipient> recipient(InHand mail, String address, Outcome outcome, Instant now) {
        RcptParameters asked = mail.message().parameters().of(address);
        Set<Notify> notify = notify(mail.message(), address);
        return switch (outcome) {
            case FailedForGood failure ->
                Optional.of(new Recipient(
                                address,
                                Optional.of(Action.FAILED),
                                failure.status(),
                                failure.diagnostic(),
                                failure.remoteMta(),
                                asked.orcpt()))
                        .filter(_ -> notify.contains(Notify.FAILURE));
            case Later later ->
                Optional.of(new Recipient(
                                address,
                                Optional.of(Action.DELAYED),
                                later.status(),
                                later.diagnostic(),
                                later.remoteMta(),
                                asked.orcpt()))
                        .filter(_ -> notify.contains(Notify.DELAY) && turnsLate(mail, now));
            case Delivered delivered ->
                action(delivered)
                        .map(action -> new Recipient(
                                address,
                                Optional.of(action),
                                delivered.status(),
                                delivered.reply(),
                                Optional.of(delivered.host()),
                                asked.orcpt()))
                        .filter(_ -> notify.contains(Notify.SUCCESS));
        };
    }

    /** Late now, and not yet when it was set aside for this attempt, which told of it. */
    private boolean turnsLate(InHand mail, Instant now) {
        Instant late = delayedAt(mail.message());
        boolean told = mail.wasSetAside() && mail.writtenAt().isAfter(late.plus(CLOCKS_DIFFER));
        return !now.isBefore(late) && !told;
    }

    private static Optional<Action> action(Delivered delivered) {
        return switch (delivered.handover()) {
            case WITH_NOTIFY -> Optional.empty();
            case RELAYED -> Optional.of(Action.RELAYED);
            case IN_MAILBOX -> Optional.of(Action.DELIVERED);
        };
    }

    private Undeliverable event(OutboundMessage message, List<Recipient> recipients, Instant now) {
        boolean secret = message.parameters().requireTls();
        byte[] content = message.content();
        int headerEnd = HeaderOctets.end(content, HEADER_LIMIT);
        boolean whole = !secret && any(recipients, Action.FAILED) && returnsAll(message, recipients);
        return new Undeliverable(
                message.id(),
                now,
                message.receivedAt(),
                reportingMta,
                message.mailFrom(),
                message.parameters().envid(),
                message.parameters().ret(),
                Optional.of(true).filter(_ -> secret),
                Optional.of(givenUpAt(message)).filter(_ -> any(recipients, Action.DELAYED)),
                recipients,
                secret ? new byte[0] : Arrays.copyOf(content, headerEnd),
                whole ? Optional.of(Arrays.copyOfRange(content, headerEnd, content.length)) : Optional.empty());
    }

    private static boolean any(List<Recipient> recipients, Action action) {
        return recipients.stream().anyMatch(recipient -> recipient.action().equals(Optional.of(action)));
    }

    /** RFC 3461 4.3: FULL is about failures only; what was relayed or is late returns the header. */
    private boolean returnsAll(OutboundMessage message, List<Recipient> recipients) {
        return message.parameters().ret().equals(Optional.of(Ret.FULL))
                && message.content().length <= returnUpTo
                && recipients.stream().noneMatch(recipient -> UNSUITED.contains(recipient.status()));
    }
}
