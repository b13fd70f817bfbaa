package org.signetmail.notifier.intake;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.notifier.admin.AdminNotification;
import org.signetmail.notifier.administrator.Administration;
import org.signetmail.notifier.administrator.Administrator;
import org.signetmail.notifier.administrator.AdministratorStore;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.digest.Audience;
import org.signetmail.notifier.digest.Gathering;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.incident.IncidentStore;
import org.signetmail.notifier.mail.Mailbox;
import org.signetmail.notifier.mail.Notice;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.mail.NoticeWriter;
import org.signetmail.notifier.metrics.NotifierMetrics;
import org.signetmail.notifier.metrics.NotifierMetrics.Skip;
import org.signetmail.notifier.metrics.NotifierMetrics.Topic;
import org.signetmail.notifier.ndr.RefusalReport;
import org.signetmail.notifier.outbox.Outbox;
import org.signetmail.notifier.text.Texts;
import org.signetmail.notifier.webhook.DeliveryStore;

/** Turns a rejection into an incident and its mails: in one transaction, and once however often the event comes. */
@Singleton
public class RejectionRecorder {
    private final Database database;
    private final IncidentStore incidents;
    private final Outbox outbox;
    private final NotifierMetrics metrics;
    private final Counting counting;
    private final Clock clock;
    private final Gathering gathering;
    private final AdministratorStore administrators;
    private final DeliveryStore webhooks;
    private final RefusalReport report;
    private final AdminNotification notification;

    RejectionRecorder(
            Database database,
            IncidentStore incidents,
            Outbox outbox,
            NotifierMetrics metrics,
            Counting counting,
            Clock clock,
            Gathering gathering,
            AdministratorStore administrators,
            DeliveryStore webhooks,
            NotifierConfig config,
            Texts texts) {
        this.database = database;
        this.incidents = incidents;
        this.outbox = outbox;
        this.metrics = metrics;
        this.counting = counting;
        this.clock = clock;
        this.gathering = gathering;
        this.administrators = administrators;
        this.webhooks = webhooks;
        var writer = new NoticeWriter(config.serverName());
        this.report = new RefusalReport(writer, texts, config.texts().language());
        this.notification = new AdminNotification(writer, texts);
    }

    /** Returns when the incident and its mails are committed, now or by an earlier delivery of the same event. */
    void record(Rejection rejection, Optional<String> traceparent) throws Database.Unstorable {
        if (rejection.fromCanary()) { // it says that refusals come through, which is nobody's incident
            metrics.canary();
            return;
        }
        Optional<List<Mailing>> mailings = database.<Optional<List<Mailing>>, RuntimeException>patiently(
                connection -> add(connection, rejection, traceparent));
        if (mailings.isPresent()) {
            metrics.incident(rejection.violation().reason());
            counting.committed(rejection.submissionId().toString(), mailings.get());
        } else {
            metrics.duplicate(Topic.REJECTIONS);
        }
    }

    /** Empty when the incident is there already. */
    private Optional<List<Mailing>> add(Connection connection, Rejection rejection, Optional<String> traceparent)
            throws SQLException {
        Instant now = clock.instant();
        if (!incidents.add(connection, rejection, now)) {
            return Optional.empty();
        }
        webhooks.add(connection, rejection, traceparent);
        List<Mailing> mailings = mailings(connection, rejection, now);
        for (Notice mail : Mailing.written(mailings)) {
            outbox.add(connection, new Outbox.Pending(mail, traceparent), Optional.of(rejection.submissionId()));
        }
        return Optional.of(mailings);
    }

    private List<Mailing> mailings(Connection connection, Rejection rejection, Instant now) throws SQLException {
        if (!rejection.enforced()) {
            return List.of(
                    new Mailing.Skipped(NoticeKind.NDR, Skip.REPORT_MODE),
                    new Mailing.Skipped(NoticeKind.ADMIN, Skip.REPORT_MODE));
        }
        var told = new Told(connection, rejection, now);
        Administration responsible = administrators.responsible(connection, rejection.primaryAddress());
        var mailings = new ArrayList<Mailing>();
        mailings.add(
                rejection.primaryAddress().isPresent()
                        ? tellOwner(told, rejection.primaryAddress().get(), responsible.contact())
                        : new Mailing.Skipped(NoticeKind.NDR, Skip.NO_PRIMARY_ADDRESS));
        int which = 0;
        for (Administrator one : responsible.administrators()) {
            int number = ++which;
            mailings.add(tell(
                    told,
                    NoticeKind.ADMIN,
                    one.mailbox(),
                    to -> notification.write(rejection, number, to, one.language())));
        }
        return mailings;
    }

    private record Told(Connection connection, Rejection rejection, Instant now) {}

    private Mailing tellOwner(Told told, String address, String contact) throws SQLException {
        Optional<Mailbox> mailbox = Mailbox.of(address);
        return mailbox.isEmpty()
                ? new Mailing.Skipped(NoticeKind.NDR, Skip.UNUSABLE_ADDRESS)
                : tell(told, NoticeKind.NDR, mailbox.get(), to -> report.write(told.rejection(), to, contact));
    }

    /** A mail at once, or a line of the next digest. */
    private Mailing tell(Told told, NoticeKind kind, Mailbox mailbox, Mailing.Writing writing) throws SQLException {
        var audience = new Audience(kind, mailbox.path());
        return gathering
                .gather(told.connection(), audience, told.rejection(), told.now())
                .<Mailing>map(cause -> new Mailing.Gathered(kind, cause))
                .orElseGet(() -> Mailing.write(kind, mailbox, writing));
    }
}
