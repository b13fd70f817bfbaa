package org.signetmail.notifier.ndr;

import static org.signetmail.notifier.mail.Visible.line;

import jakarta.mail.MessagingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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

/**
 * The delivery report (RFC 3464) of a message that was accepted, to its envelope sender, which was proved to be the
 * account's own.
 */
public final class DeliveryReport {
    private final NoticeWriter writer;

    public DeliveryReport(NoticeWriter writer) {
        this.writer = writer;
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
                    action.name().toLowerCase(Locale.ROOT),
                    recipient.status(),
                    recipient.diagnostic(),
                    recipient.remoteMta(),
                    event.failedAt(),
                    event.retryUntil().filter(_ -> action == Action.DELAYED)));
        }
        var heading = new Heading(id, NoticeKind.DSN, sender, subject(event), event.failedAt());
        return writer.report(heading, text(event, header), status, returned(event, header));
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

    private static String subject(Undeliverable event) {
        return switch (worst(event)) {
            case FAILED -> "Your message could not be delivered";
            case DELAYED -> "Your message is delayed";
            case RELAYED -> "Your message was passed on";
            case DELIVERED -> "Your message was delivered";
        };
    }

    private static Action worst(Undeliverable event) {
        return event.recipients().stream()
                .map(Recipient::outcome)
                .min(Action::compareTo)
                .orElse(Action.FAILED);
    }

    private static String text(Undeliverable event, RefusedHeader header) {
        var paragraphs = new ArrayList<String>();
        for (Action action : Action.values()) {
            List<Recipient> those = event.recipients().stream()
                    .filter(recipient -> recipient.outcome() == action)
                    .toList();
            if (!those.isEmpty()) {
                paragraphs.add(introduction(action)
                        + "\n\n"
                        + those.stream().map(DeliveryReport::recipient).collect(Collectors.joining("\n\n"))
                        + "\n\n" + consequence(action, event) + "\n\n");
            }
        }
        return String.join("", paragraphs) + message(event, header);
    }

    private static String introduction(Action action) {
        return switch (action) {
            case FAILED -> "Your message could not be delivered to:";
            case DELAYED -> "Your message has not been delivered yet to:";
            case RELAYED -> "Your message was passed on to the next mail server for:";
            case DELIVERED -> "Your message is in the mailbox of:";
        };
    }

    private static String consequence(Action action, Undeliverable event) {
        String accepted = "It was accepted on " + NoticeWriter.DATE.format(event.arrivedAt());
        return switch (action) {
            case FAILED -> accepted + " and will not be tried again.";
            case DELAYED ->
                accepted + " and will be tried again"
                        + event.retryUntil()
                                .map(end -> " until " + NoticeWriter.DATE.format(end))
                                .orElse("")
                        + ". You need not do anything.";
            case RELAYED -> "That server does not report what becomes of it.";
            case DELIVERED -> accepted + ".";
        };
    }

    private static String message(Undeliverable event, RefusedHeader header) {
        String fields = event.secret()
                ? "The message was to travel under TLS only: this report tells nothing of its content.\n"
                : """
                        The message:
                          To: %s
                          From: %s
                          Subject: %s
                        """.formatted(header.shown("To"), header.shown("From"), header.shown("Subject"));
        return fields + """

                        Server: %s
                        Message id: %s
                        """.formatted(line(event.reportingMta()), line(event.submissionId()));
    }

    private static String recipient(Recipient recipient) {
        String answer = recipient
                .remoteMta()
                .map(host -> "%s answered: %s".formatted(line(host), line(recipient.diagnostic())))
                .orElseGet(() -> line(recipient.diagnostic()));
        return "    %s\n        %s".formatted(line(recipient.address()), answer);
    }
}
