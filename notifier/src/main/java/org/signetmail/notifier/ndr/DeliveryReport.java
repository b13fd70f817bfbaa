package org.signetmail.notifier.ndr;

import static org.signetmail.notifier.mail.Visible.line;

import jakarta.mail.MessagingException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.signetmail.notifier.event.Undeliverable;
import org.signetmail.notifier.event.Undeliverable.Action;
import org.signetmail.notifier.event.Undeliverable.Recipient;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.mail.Notice;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.mail.NoticeWriter;
import org.signetmail.notifier.mail.NoticeWriter.Heading;
import org.signetmail.notifier.mail.RefusedHeader;
import org.signetmail.notifier.mail.Returned;
import org.signetmail.notifier.mail.Status;
import org.signetmail.notifier.mail.Visible;
import org.signetmail.notifier.text.Body;
import org.signetmail.notifier.text.Language;
import org.signetmail.notifier.text.TextKind;
import org.signetmail.notifier.text.Texts;

/**
 * The delivery report (RFC 3464) of a message that was accepted, to its envelope sender, which was proved to be the
 * account's own.
 */
public final class DeliveryReport {
    private final NoticeWriter writer;
    private final Texts texts;
    private final Language usual;

    /** @param usual language of those whose mail program does not say what they read */
    public DeliveryReport(NoticeWriter writer, Texts texts, Language usual) {
        this.writer = writer;
        this.texts = texts;
        this.usual = usual;
    }

    /** Writes the report; the id differs among several reports of one message. */
    public Notice write(String id, Undeliverable event, Mailbox sender) throws MessagingException {
        var header = RefusedHeader.of(event.headerBase64());
        var status = new Status(event.reportingMta(), event.arrivedAt(), event.envid());
        for (Recipient recipient : event.recipients()) {
            Action action = recipient.outcome();
            status.add(new Status.Recipient(
                    recipient.address(),
                    recipient.originalRecipient(),
                    word(action),
                    recipient.status(),
                    recipient.diagnostic(),
                    recipient.remoteMta(),
                    event.failedAt(),
                    event.retryUntil().filter(_ -> action == Action.DELAYED)));
        }
        Body body = texts.write(TextKind.DELIVERY, Language.of(header.languages(), usual), values(event, header));
        var heading = new Heading(id, NoticeKind.DSN, sender, event.failedAt());
        return writer.report(heading, body, status, returned(event, header));
    }

    private static Returned returned(Undeliverable event, RefusedHeader header) {
        if (event.secret()) {
            return new Returned.Nothing();
        }
        return event.bodyBase64()
                .<Returned>map(body -> whole(event, body))
                .orElseGet(() -> new Returned.Header(header));
    }

    private static Returned.Message whole(Undeliverable event, String bodyBase64) {
        byte[] header = RefusedHeader.octets(event.headerBase64());
        byte[] body = RefusedHeader.octets(bodyBase64);
        byte[] message = Arrays.copyOf(header, header.length + body.length);
        System.arraycopy(body, 0, message, header.length, body.length);
        return new Returned.Message(message);
    }

    private static Map<String, Object> values(Undeliverable event, RefusedHeader header) {
        var values = new HashMap<String, Object>();
        for (Action action : Action.values()) {
            values.put(
                    word(action),
                    event.recipients().stream()
                            .filter(recipient -> recipient.outcome() == action)
                            .map(DeliveryReport::recipient)
                            .toList());
        }
        values.put("accepted", NoticeWriter.DATE.format(event.arrivedAt()));
        values.put(
                "retryUntil", event.retryUntil().map(NoticeWriter.DATE::format).orElse(""));
        values.put("secret", event.secret());
        values.put("to", header.shown("To"));
        values.put("from", header.shown("From"));
        values.put("subject", header.shown("Subject"));
        values.put("server", line(event.reportingMta()));
        values.put("message", line(event.submissionId()));
        return values;
    }

    private static Map<String, String> recipient(Recipient recipient) {
        return Map.of(
                "address", line(recipient.address()),
                "host", recipient.remoteMta().map(Visible::line).orElse(""),
                "answer", line(recipient.diagnostic()));
    }

    private static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
