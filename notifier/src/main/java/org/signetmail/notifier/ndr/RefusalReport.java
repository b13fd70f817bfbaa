package org.signetmail.notifier.ndr;

import jakarta.mail.MessagingException;
import java.util.Optional;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.mail.Notice;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.mail.NoticeWriter;
import org.signetmail.notifier.mail.NoticeWriter.Heading;
import org.signetmail.notifier.mail.RefusedHeader;
import org.signetmail.notifier.mail.Returned;
import org.signetmail.notifier.mail.Status;
import org.signetmail.notifier.text.Body;
import org.signetmail.notifier.text.Language;
import org.signetmail.notifier.text.TextKind;
import org.signetmail.notifier.text.Texts;

/**
 * The non-delivery report of a refused submission, to the owner of the account that signed in, never to an address that
 * the message claims.
 */
public final class RefusalReport {
    private static final String IDENTITY = "554 Originator address does not match authentication credentials";
    private static final String NOT_AUTHORIZED = "5.7.1"; // RFC 3463 3.8

    private final NoticeWriter writer;
    private final Texts texts;
    private final Language usual;

    /** @param usual language of those whose mail program does not say what they read */
    public RefusalReport(NoticeWriter writer, Texts texts, Language usual) {
        this.writer = writer;
        this.texts = texts;
        this.usual = usual;
    }

    /**
     * Writes the report to the owner's mailbox.
     *
     * @param administrator address that the owner may turn to
     */
    public Notice write(Rejection rejection, Mailbox owner, String administrator) throws MessagingException {
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
        Body body = texts.write(
                TextKind.REFUSED,
                Language.of(header.languages(), usual),
                RefusalValues.of(rejection, header, administrator));
        var heading = new Heading(rejection.submissionId() + ".ndr", NoticeKind.NDR, owner, rejection.rejectedAt());
        return writer.report(heading, body, status, new Returned.Header(header));
    }

    /** What the mail program was answered. */
    private static String reply(Rejection rejection) {
        return switch (rejection.violation().reason()) {
            case ENVELOPE, FROM, SENDER, RESENT, DISPLAY_NAME -> IDENTITY;
            case FORM, SUSPENDED -> "554 " + rejection.violation().detail().orElse("Message refused");
        };
    }
}
