package org.signetmail.notifier.ndr;

import jakarta.mail.MessagingException;
import java.util.Optional;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.mail.Notice;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.mail.NoticeWriter;
import org.signetmail.notifier.mail.NoticeWriter.Heading;
import org.signetmail.notifier.mail.RefusedHeader;
import org.signetmail.notifier.mail.Returned;
import org.signetmail.notifier.mail.Status;

/**
 * The non-delivery report of a refused submission, to the owner of the account that signed in, never to an address that
 * the message claims.
 */
public final class RefusalReport {
    private static final String IDENTITY = "554 Originator address does not match authentication credentials";
    private static final String NOT_AUTHORIZED = "5.7.1"; // RFC 3463 3.8

    private final NoticeWriter writer;
    private final String administrator;

    /** @param administrator address that the owner may turn to */
    public RefusalReport(NoticeWriter writer, String administrator) {
        this.writer = writer;
        this.administrator = administrator;
    }

    /** Writes the report to the owner's mailbox. */
    public Notice write(Rejection rejection, Mailbox owner) throws MessagingException {
        var header = RefusedHeader.of(rejection.headerBase64());
        var status = new Status(rejection.server(), rejection.rejectedAt(), Optional.empty());
        for (String recipient : rejection.recipients()) {
            status.add(new Status.Recipient(
                    recipient,
                    Optional.empty(),
                    "failed",
                    NOT_AUTHORIZED,
                    reply(rejection),
                    Optional.empty(),
                    rejection.rejectedAt(),
                    Optional.empty()));
        }
        var heading = new Heading(
                rejection.submissionId() + ".ndr",
                NoticeKind.NDR,
                owner,
                subject(rejection.violation().reason()),
                rejection.rejectedAt());
        return writer.report(
                heading, RefusalText.of(rejection, header, administrator), status, new Returned.Header(header));
    }

    private static String subject(Reason reason) {
        return switch (reason) {
            case ENVELOPE, FROM, SENDER, RESENT -> "Your message was not sent: sender address not allowed";
            case FORM -> "Your message was not sent: malformed message";
            case SUSPENDED -> "Your message was not sent: account suspended";
        };
    }

    /** What the mail program was answered. */
    private static String reply(Rejection rejection) {
        return switch (rejection.violation().reason()) {
            case ENVELOPE, FROM, SENDER, RESENT -> IDENTITY;
            case FORM, SUSPENDED -> "554 " + rejection.violation().detail().orElse("Message refused");
        };
    }
}
