package org.signetmail.edge.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.auth.AccountLimits;
import org.signetmail.edge.command.Command;
import org.signetmail.edge.command.Hold;
import org.signetmail.edge.command.MailParameters;
import org.signetmail.edge.command.Notify;
import org.signetmail.edge.command.Path;
import org.signetmail.edge.command.RcptParameters;
import org.signetmail.edge.command.Ret;
import org.signetmail.edge.content.StoredMessage;
import org.signetmail.edge.event.DeliveryParameters;
import org.signetmail.edge.session.Submission;
import org.signetmail.edge.session.Transaction;
import org.signetmail.edge.submission.Header;
import org.signetmail.edge.submission.HeaderReader;

/** What MAIL and RCPT asked for goes out with the message. */
class DeliveryParametersTest {
    private static final Instant HOLD_UNTIL = Instant.parse("2026-01-16T08:00:00Z");
    private static final RcptParameters NEVER = new RcptParameters(EnumSet.of(Notify.NEVER), Optional.empty());
    private static final RcptParameters SUCCESS =
            new RcptParameters(EnumSet.of(Notify.SUCCESS), Optional.of("rfc822;carol@example.test"));

    @Test
    void everyParameterIsHandedOn() {
        var asked = new MailParameters(
                10,
                false,
                Optional.of(Ret.HDRS),
                Optional.of("QQ314159"),
                true,
                Optional.of(new Hold.For(Duration.ofHours(1))));
        DeliveryParameters handedOn = handedOn(
                asked,
                Optional.of(HOLD_UNTIL),
                List.of(rcpt("bob", NEVER), rcpt("carol", SUCCESS), rcpt("support", RcptParameters.NONE)));
        assertEquals(
                new DeliveryParameters(
                        Optional.of(Ret.HDRS),
                        Optional.of("QQ314159"),
                        Map.of("bob@example.test", NEVER, "carol@example.test", SUCCESS),
                        true,
                        Optional.of(HOLD_UNTIL)),
                handedOn);
    }

    @Test
    void whereNothingWasAskedNothingIsHandedOn() {
        assertEquals(
                DeliveryParameters.NONE,
                handedOn(MailParameters.NONE, Optional.empty(), List.of(rcpt("bob", RcptParameters.NONE))));
    }

    /** The relay delivers once to an address; what was asked first about it counts. */
    @Test
    void aRecipientNamedTwice() {
        DeliveryParameters handedOn =
                handedOn(MailParameters.NONE, Optional.empty(), List.of(rcpt("bob", NEVER), rcpt("bob", SUCCESS)));
        assertEquals(NEVER, handedOn.of("bob@example.test"));
    }

    private static Command.Rcpt rcpt(String name, RcptParameters parameters) {
        return new Command.Rcpt(new Path(name + "@example.test"), parameters);
    }

    private static DeliveryParameters handedOn(
            MailParameters asked, Optional<Instant> holdUntil, List<Command.Rcpt> recipients) {
        var submission = new Submission(
                "alice",
                Optional.empty(),
                AccountLimits.NONE,
                "client.example",
                true,
                InetAddress.getLoopbackAddress(),
                Optional.empty(),
                new Transaction(new Path("alice@example.test"), asked, holdUntil, recipients, false, Instant.EPOCH),
                StoredMessage.of(new byte[0]));
        Header header = HeaderReader.read(new byte[0], false);
        return new ReceivedMessage(UUID.randomUUID(), "", Instant.EPOCH, submission, new byte[0], header)
                .deliveryParameters();
    }
}
