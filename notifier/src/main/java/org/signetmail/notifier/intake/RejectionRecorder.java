package org.signetmail.notifier.intake;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.notifier.admin.AdminNotification;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.incident.IncidentStore;
import org.signetmail.notifier.mail.Notice;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.mail.NoticeWriter;
import org.signetmail.notifier.metrics.NotifierMetrics;
import org.signetmail.notifier.metrics.NotifierMetrics.Skip;
import org.signetmail.notifier.metrics.NotifierMetrics.Topic;
import org.signetmail.notifier.ndr.RefusalReport;
import org.signetmail.notifier.outbox.Outbox;

/** Turns a rejection into an incident and its mails: in one transaction, and once however often the event comes. */
@Singleton
public class RejectionRecorder {
    private final Database database;
    private final IncidentStore incidents;
    private final Outbox outbox;
    private final NotifierMetrics metrics;
    private final Counting counting;
    private final Clock clock;
    private final String administrator;
    private final RefusalReport report;
    private final AdminNotification notification;

    RejectionRecorder(
            Database database,
            IncidentStore incidents,
            Outbox outbox,
            NotifierMetrics metrics,
            Counting counting,
            Clock clock,
            NotifierConfig config) {
        this.database = database;
        this.incidents = incidents;
        this.outbox = outbox;
        this.metrics = metrics;
        this.counting = counting;
        this.clock = clock;
        this.administrator = config.administrator();
        var writer = new NoticeWriter(config.serverName());
        this.report = new RefusalReport(writer, administrator);
        this.notification = new AdminNotification(writer);
    }

    /** Returns when the incident and its mails are committed, now or by an earlier delivery of the same event. */
    void record(Rejection rejection, Optional<String> traceparent) throws Database.Unstorable {
        if (rejection.fromCanary()) { // it says that refusals come through, which is nobody's incident
            metrics.canary();
            return;
        }
        List<Mailing> mailings = mailings(rejection);
        boolean added = database.<Boolean, RuntimeException>patiently(
                connection -> add(connection, rejection, Mailing.written(mailings), traceparent));
        if (added) {
            metrics.incident(rejection.violation().reason());
            counting.committed(rejection.submissionId().toString(), mailings);
        } else {
            metrics.duplicate(Topic.REJECTIONS);
        }
    }

    private boolean add(Connection connection, Rejection rejection, List<Notice> mails, Optional<String> traceparent)
            throws SQLException {
        boolean added = incidents.add(connection, rejection, clock.instant());
        if (added) {
            for (Notice mail : mails) {
                outbox.add(connection, new Outbox.Pending(mail, traceparent), Optional.of(rejection.submissionId()));
            }
        }
        return added;
    }

    private List<Mailing> mailings(Rejection rejection) {
        if (!rejection.enforced()) {
            return List.of(
                    new Mailing.Skipped(NoticeKind.NDR, Skip.REPORT_MODE),
                    new Mailing.Skipped(NoticeKind.ADMIN, Skip.REPORT_MODE));
        }
        var mailings = new ArrayList<Mailing>();
        mailings.add(rejection
                .primaryAddress()
                .map(owner -> Mailing.write(NoticeKind.NDR, owner, to -> report.write(rejection, to)))
                .orElseGet(() -> new Mailing.Skipped(NoticeKind.NDR, Skip.NO_PRIMARY_ADDRESS)));
        mailings.add(Mailing.write(NoticeKind.ADMIN, administrator, to -> notification.write(rejection, to)));
        return mailings;
    }
}
