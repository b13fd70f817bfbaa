package org.signetmail.notifier.ndr;

import static org.signetmail.notifier.mail.Visible.line;

import jakarta.mail.MessagingException;
import java.util.stream.Collectors;
import org.signetmail.notifier.event.Undeliverable;
import org.signetmail.notifier.event.Undeliverable.Recipient;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.mail.Notice;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.mail.NoticeWriter;
import org.signetmail.notifier.mail.NoticeWriter.Heading;
import org.signetmail.notifier.mail.RefusedHeader;
import org.signetmail.notifier.mail.Status;

/**
 * The delivery report (RFC 3464) of a message that was accepted and could not be delivered, to its envelope sender, which
 * was proved to be the account's own.
 */
public final class DeliveryReport {
    private final NoticeWriter writer;

    public DeliveryReport(NoticeWriter writer) {
        this.writer = writer;
    }

    /** Writes the report; the id differs among several reports of one message. */
    public Notice write(String id, Undeliverable failure, Mailbox sender) throws MessagingException {
        var header = RefusedHeader.of(failure.headerBase64());
        var status = new Status(failure.reportingMta(), failure.arrivedAt());
        for (Recipient recipient : failure.recipients()) {
            status.failed(
                    recipient.address(),
                    recipient.status(),
                    recipient.diagnostic(),
                    recipient.remoteMta().orElse(""),
                    failure.failedAt());
        }
        var heading =
                new Heading(id, NoticeKind.DSN, sender, "Your message could not be delivered", failure.failedAt());
        return writer.report(heading, text(failure, header), status.fields(), header);
    }

    private static String text(Undeliverable failure, RefusedHeader header) {
        return """
                Your message could not be delivered to:

                %s

                It was accepted on %s and will not be tried again.

                The message:
                  To: %s
                  From: %s
                  Subject: %s

                Server: %s
                Message id: %s
                """.formatted(
                failure.recipients().stream().map(DeliveryReport::recipient).collect(Collectors.joining("\n\n")),
                NoticeWriter.DATE.format(failure.arrivedAt()),
                header.shown("To"),
                header.shown("From"),
                header.shown("Subject"),
                line(failure.reportingMta()),
                line(failure.submissionId()));
    }

    private static String recipient(Recipient recipient) {
        String answer = recipient
                .remoteMta()
                .map(host -> "%s answered: %s".formatted(line(host), line(recipient.diagnostic())))
                .orElseGet(() -> line(recipient.diagnostic()));
        return "    %s\n        %s".formatted(line(recipient.address()), answer);
    }
}
