package org.signetmail.notifier.admin;

import jakarta.mail.MessagingException;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.mail.Notice;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.mail.NoticeWriter;
import org.signetmail.notifier.mail.NoticeWriter.Heading;
import org.signetmail.notifier.mail.RefusedHeader;
import org.signetmail.notifier.ndr.RefusalValues;
import org.signetmail.notifier.text.Body;
import org.signetmail.notifier.text.Language;
import org.signetmail.notifier.text.TextKind;
import org.signetmail.notifier.text.Texts;

/**
 * The administrator's notification of a refused submission. The English sentences are those of Microsoft KB Q186134,
 * letter for letter; what follows them is ours.
 */
public final class AdminNotification {
    private final NoticeWriter writer;
    private final Texts texts;

    public AdminNotification(NoticeWriter writer, Texts texts) {
        this.writer = writer;
        this.texts = texts;
    }

    /**
     * Writes the notification to an administrator's mailbox.
     *
     * @param which the how many-th administrator it is, from 1: each mail has an id of its own
     */
    public Notice write(Rejection rejection, int which, Mailbox administrator, Language language)
            throws MessagingException {
        var header = RefusedHeader.of(rejection.headerBase64());
        Body body =
                texts.write(TextKind.NOTIFICATION, language, RefusalValues.of(rejection, header, administrator.path()));
        var heading = new Heading(
                rejection.submissionId() + (which == 1 ? ".admin" : ".admin." + which),
                NoticeKind.ADMIN,
                administrator,
                rejection.rejectedAt());
        return writer.letter(heading, body);
    }
}
