package org.signetmail.notifier.intake;

import jakarta.mail.MessagingException;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.mail.Notice;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.metrics.NotifierMetrics.Skip;
import org.signetmail.notifier.metrics.NotifierMetrics.Suppression;

/** What came of a mail that an event may call for. */
sealed interface Mailing {
    /** It goes to the outbox. */
    record Written(Notice notice) implements Mailing {}

    /** The event does not call for it, or there is nowhere to send it. */
    record Skipped(NoticeKind kind, Skip cause) implements Mailing {}

    /** The recipient reads of it in the next digest. */
    record Gathered(NoticeKind kind, Suppression cause) implements Mailing {}

    /** The mail library refused to write it; what it was to tell is recorded all the same. */
    record Failed(NoticeKind kind, Exception cause) implements Mailing {}

    /** Writes a mail to a mailbox. */
    @FunctionalInterface
    interface Writing {
        Notice to(Mailbox mailbox) throws MessagingException;
    }

    /** Tries to write a mail to an address of an event. */
    static Mailing write(NoticeKind kind, String address, Writing writing) {
        return Mailbox.of(address)
                .map(mailbox -> write(kind, mailbox, writing))
                .orElseGet(() -> new Skipped(kind, Skip.UNUSABLE_ADDRESS));
    }

    /** Tries to write a mail. */
    static Mailing write(NoticeKind kind, Mailbox mailbox, Writing writing) {
        try {
            return new Written(writing.to(mailbox));
        } catch (MessagingException | RuntimeException e) {
            return new Failed(kind, e);
        }
    }
}
