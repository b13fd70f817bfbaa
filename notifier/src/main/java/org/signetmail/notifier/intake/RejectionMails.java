package org.signetmail.notifier.intake;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.notifier.admin.AdminNotification;
import org.signetmail.notifier.administrator.Administration;
import org.signetmail.notifier.administrator.Administrator;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.digest.Audience;
import org.signetmail.notifier.digest.Telling;
import org.signetmail.notifier.event.Arrival;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.mail.NoticeWriter;
import org.signetmail.notifier.metrics.NotifierMetrics.Skip;
import org.signetmail.notifier.metrics.NotifierMetrics.Suppression;
import org.signetmail.notifier.ndr.RefusalReport;
import org.signetmail.notifier.outbox.Outbox;
import org.signetmail.notifier.text.Texts;

/** Which mails a rejection calls for: the report to the owner of the account, a notification to each administrator. */
@Singleton
class RejectionMails {
    private final RefusalReport report;
    private final AdminNotification notification;

    RejectionMails(NotifierConfig config, Texts texts) {
        var writer = new NoticeWriter(config.serverName());
        this.report = new RefusalReport(writer, texts, config.texts().language());
        this.notification = new AdminNotification(writer, texts);
    }

    /** A mail that is called for, unless the next digest tells of it. */
    record Called(Arrival arrival, Telling telling, Mailbox to, Mailing.Writing writing) {
        private NoticeKind kind() {
            return telling.audience().kind();
        }

        /** Writes it, or says why not. */
        Mailing write(Optional<Suppression> suppression) {
            return suppression
                    .<Mailing>map(cause -> new Mailing.Gathered(kind(), cause))
                    .orElseGet(() -> Mailing.write(kind(), to, writing));
        }

        Optional<Outbox.Entry> entry(Mailing mailing) {
            return mailing instanceof Mailing.Written(var notice)
                    ? Optional.of(new Outbox.Entry(notice, arrival.traceparent(), Optional.of(arrival.id())))
                    : Optional.empty();
        }
    }

    /** Mails that are called for, and those that usually are. */
    record Calls(List<Called> called, List<Mailing.Skipped> skipped) {}

    Calls calls(Arrival arrival, Administration responsible) {
        Rejection rejection = arrival.rejection();
        if (!rejection.enforced()) {
            return new Calls(
                    List.of(),
                    List.of(
                            new Mailing.Skipped(NoticeKind.NDR, Skip.REPORT_MODE),
                            new Mailing.Skipped(NoticeKind.ADMIN, Skip.REPORT_MODE)));
        }
        var called = new ArrayList<Called>();
        Optional<Mailbox> owner = rejection.primaryAddress().flatMap(Mailbox::of);
        owner.ifPresent(to -> called.add(
                call(arrival, NoticeKind.NDR, to, mailbox -> report.write(rejection, mailbox, responsible.contact()))));
        int which = 0;
        for (Administrator one : responsible.administrators()) {
            int number = ++which;
            called.add(call(
                    arrival,
                    NoticeKind.ADMIN,
                    one.mailbox(),
                    mailbox -> notification.write(rejection, number, mailbox, one.language())));
        }
        return new Calls(called, owner.isPresent() ? List.of() : List.of(nobody(rejection)));
    }

    private static Called call(Arrival arrival, NoticeKind kind, Mailbox to, Mailing.Writing writing) {
        return new Called(arrival, Telling.of(new Audience(kind, to.path()), arrival.rejection()), to, writing);
    }

    private static Mailing.Skipped nobody(Rejection rejection) {
        return new Mailing.Skipped(
                NoticeKind.NDR,
                rejection.primaryAddress().isPresent() ? Skip.UNUSABLE_ADDRESS : Skip.NO_PRIMARY_ADDRESS);
    }
}
