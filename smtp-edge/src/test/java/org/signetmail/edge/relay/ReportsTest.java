package org.signetmail.edge.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.edge.command.Notify;
import org.signetmail.edge.command.RcptParameters;
import org.signetmail.edge.command.Ret;
import org.signetmail.edge.event.DeliveryParameters;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.relay.Outcome.Delivered;
import org.signetmail.edge.relay.Outcome.FailedForGood;
import org.signetmail.edge.relay.Outcome.Handover;
import org.signetmail.edge.relay.Outcome.Later;
import org.signetmail.edge.relay.Undeliverable.Recipient;

/** Who is told what (RFC 3461 4.1, 4.3, 5.2). */
class ReportsTest {
    private static final String BOB = "bob@example.test";
    private static final List<Position> PLACE = List.of(new Position(new TopicPartition("signet.outbound", 0), 0));
    private static final Instant ACCEPTED = Instant.parse("2026-01-15T10:00:00Z");
    private static final Duration DELAY = Duration.ofHours(4);
    private static final Reports REPORTS = new Reports("mail.example.test", DELAY, Duration.ofDays(5), 100);

    private static final Outcome FAILED = new FailedForGood("5.1.1", "550 5.1.1 no", Optional.of("hop.test"));
    private static final Outcome LATER = new Later("4.2.2", "452 4.2.2 full", Optional.of("hop.test"));
    private static final Outcome RELAYED = new Delivered(Handover.RELAYED, "2.0.0", "250 2.0.0 ok", "hop.test");
    private static final Outcome STORED = new Delivered(Handover.IN_MAILBOX, "2.1.5", "250 2.1.5 ok", "hop.test");
    private static final Outcome HANDED_ON = new Delivered(Handover.WITH_NOTIFY, "2.0.0", "250 ok", "hop.test");

    private static OutboundMessage message(String notify, Optional<Ret> ret, boolean requireTls) {
        RcptParameters asked = new RcptParameters(
                notify.isEmpty()
                        ? EnumSet.noneOf(Notify.class)
                        : Arrays.stream(notify.split("\\+", -1))
                                .map(Notify::valueOf)
                                .collect(Collectors.toSet()),
                Optional.of("rfc822;Bob+2Bx@example.test"));
        return message(
                new DeliveryParameters(ret, Optional.of("QQ+2B1"), Map.of(BOB, asked), requireTls, Optional.empty()));
    }

    private static OutboundMessage message(DeliveryParameters parameters) {
        return new OutboundMessage(
                "id",
                "alice@example.test",
                List.of(BOB),
                false,
                ACCEPTED,
                0,
                Optional.empty(),
                Optional.of("alice"),
                List.of("example.test"),
                parameters,
                "Subject: x\r\n\r\nbody\r\n".getBytes(UTF_8));
    }

    private static Optional<Undeliverable> report(OutboundMessage message, Outcome outcome, Duration age) {
        return report(new InHand(message, PLACE, ACCEPTED), outcome, age);
    }

    private static Optional<Undeliverable> report(InHand mail, Outcome outcome, Duration age) {
        var answers = new Answers(mail.message().recipients());
        answers.decideRest(outcome);
        return REPORTS.of(mail, answers, ACCEPTED.plus(age));
    }

    @ParameterizedTest
    @CsvSource({
        // NOTIFY, failed, delayed, relayed, in its mailbox
        "'', FAILED, DELAYED, , ",
        "NEVER, , , , ",
        "FAILURE, FAILED, , , ",
        "DELAY, , DELAYED, , ",
        "SUCCESS, , , RELAYED, DELIVERED",
        "SUCCESS+FAILURE+DELAY, FAILED, DELAYED, RELAYED, DELIVERED"
    })
    void notifyDecides(String notify, String failed, String delayed, String relayed, String stored) {
        OutboundMessage message = message(notify, Optional.empty(), false);
        assertEquals(Optional.ofNullable(failed), action(report(message, FAILED, Duration.ZERO)));
        assertEquals(Optional.empty(), action(report(message, LATER, DELAY.minusSeconds(1))));
        assertEquals(Optional.ofNullable(delayed), action(report(message, LATER, DELAY)));
        assertEquals(Optional.ofNullable(relayed), action(report(message, RELAYED, Duration.ZERO)));
        assertEquals(Optional.ofNullable(stored), action(report(message, STORED, Duration.ZERO)));
        assertEquals(Optional.empty(), action(report(message, HANDED_ON, Duration.ZERO)));
    }

    private static Optional<String> action(Optional<Undeliverable> report) {
        return report.map(
                event -> event.recipients().getFirst().action().orElseThrow().name());
    }

    @Test
    void theReportHasWhatTheClientAskedIn() {
        Undeliverable report =
                report(message("", Optional.of(Ret.HDRS), false), LATER, DELAY).orElseThrow();
        assertEquals(Optional.of("QQ+2B1"), report.envid());
        assertEquals(Optional.of(ACCEPTED.plus(Duration.ofDays(5))), report.retryUntil());
        Recipient recipient = report.recipients().getFirst();
        assertEquals(Optional.of("rfc822;Bob+2Bx@example.test"), recipient.originalRecipient());
        assertEquals("4.2.2", recipient.status());
        assertEquals(Optional.empty(), report.bodyBase64());
    }

    @Test
    void aDelayIsToldOnce() {
        OutboundMessage second = message("", Optional.empty(), false).afterAttempt(List.of(BOB));
        var before = new InHand(second, PLACE, ACCEPTED.plus(DELAY).minusSeconds(60));
        var after = new InHand(second, PLACE, ACCEPTED.plus(DELAY).plusSeconds(61));
        assertEquals(Optional.of("DELAYED"), action(report(before, LATER, DELAY.plusHours(4))));
        assertEquals(Optional.empty(), action(report(after, LATER, DELAY.plusHours(4))));
    }

    @Test
    void aHeldMessageIsLateFromItsRelease() {
        Instant release = ACCEPTED.plus(Duration.ofDays(1));
        OutboundMessage held = message(
                new DeliveryParameters(Optional.empty(), Optional.empty(), Map.of(), false, Optional.of(release)));
        assertEquals(Optional.empty(), action(report(held, LATER, Duration.ofDays(1))));
        assertEquals(
                Optional.of("DELAYED"),
                action(report(held, LATER, Duration.ofDays(1).plus(DELAY))));
        assertEquals(release.plus(Duration.ofDays(5)), REPORTS.givenUpAt(held));
    }

    @Test
    void fullReturnsTheWholeMessageOfAFailureOnly() {
        OutboundMessage message = message("SUCCESS,FAILURE".replace(',', '+'), Optional.of(Ret.FULL), false);
        Undeliverable failed = report(message, FAILED, Duration.ZERO).orElseThrow();
        assertEquals("Subject: x\r\n", new String(failed.headerBase64(), UTF_8));
        assertArrayEquals("\r\nbody\r\n".getBytes(UTF_8), failed.bodyBase64().orElseThrow());
        assertEquals(
                Optional.empty(),
                report(message, RELAYED, Duration.ZERO).orElseThrow().bodyBase64());
        OutboundMessage large = message.withContent(new byte[101]);
        assertEquals(
                Optional.empty(),
                report(large, FAILED, Duration.ZERO).orElseThrow().bodyBase64());
    }

    @Test
    void ofAMessageThatRequiresTlsNothingIsReturned() {
        Undeliverable report = report(message("", Optional.of(Ret.FULL), true), FAILED, Duration.ZERO)
                .orElseThrow();
        assertEquals(Optional.of(true), report.requireTls());
        assertEquals(0, report.headerBase64().length);
        assertEquals(Optional.empty(), report.bodyBase64());
    }

    @Test
    void hopsAreCountedInTheHeaderOnly() {
        assertEquals(
                2, hops("Received: a\r\nX: y\r\nRECEIVED: b\r\n Received: c\r\nReceivedX: d\r\n\r\nReceived: e\r\n"));
        assertEquals(0, hops(""));
        assertEquals(0, hops("\r\nReceived: a\r\n"));
        assertEquals(1, hops("received:"));
    }

    private static int hops(String content) {
        return HeaderOctets.hops(content.getBytes(UTF_8));
    }
}
