package org.signetmail.notifier.intake;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.signetmail.notifier.config.NotifierConfig;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.event.Undeliverable;
import org.signetmail.notifier.event.Undeliverable.Recipient;
import org.signetmail.notifier.mail.Notice;
import org.signetmail.notifier.mail.NoticeKind;
import org.signetmail.notifier.mail.NoticeWriter;
import org.signetmail.notifier.metrics.NotifierMetrics;
import org.signetmail.notifier.metrics.NotifierMetrics.Skip;
import org.signetmail.notifier.metrics.NotifierMetrics.Topic;
import org.signetmail.notifier.ndr.DeliveryReport;
import org.signetmail.notifier.outbox.Outbox;
import org.signetmail.notifier.text.Texts;

/**
 * Turns a failed delivery into a report to the envelope sender, in one transaction. A message may fail for some recipients
 * now and for others days later, so what is done once is the recipient, not the message.
 */
@Singleton
public class UndeliverableRecorder {
    private final Database database;
    private final ReportedRecipients reported;
    private final Outbox outbox;
    private final NotifierMetrics metrics;
    private final Counting counting;
    private final Clock clock;
    private final DeliveryReport report;

    UndeliverableRecorder(
            Database database,
            ReportedRecipients reported,
            Outbox outbox,
            NotifierMetrics metrics,
            Counting counting,
            Clock clock,
            NotifierConfig config,
            Texts texts) {
        this.database = database;
        this.reported = reported;
        this.outbox = outbox;
        this.metrics = metrics;
        this.counting = counting;
        this.clock = clock;
        this.report = new DeliveryReport(
                new NoticeWriter(config.serverName()), texts, config.texts().language());
    }

    /** Returns when the report is committed, now or by an earlier delivery of the same event. */
    void record(Undeliverable failure, Optional<String> traceparent) throws Database.Unstorable {
        Optional<Mailing> mailing = database.<Optional<Mailing>, RuntimeException>patiently(
                connection -> add(connection, failure, traceparent));
        mailing.ifPresentOrElse(
                done -> counting.count(failure.submissionId(), done), () -> metrics.duplicates(Topic.UNDELIVERABLE, 1));
        counting.wake();
    }

    /** Empty when every recipient was reported before. */
    private Optional<Mailing> add(Connection connection, Undeliverable failure, Optional<String> traceparent)
            throws SQLException {
        List<Recipient> fresh = reported.add(connection, failure, clock.instant());
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        Mailing mailing = mailing(reported.nextReportId(connection, failure.submissionId()), failure.of(fresh));
        if (mailing instanceof Mailing.Written(Notice mail)) {
            outbox.add(connection, List.of(new Outbox.Entry(mail, traceparent, Optional.empty())));
        }
        return Optional.of(mailing);
    }

    private Mailing mailing(String id, Undeliverable failure) {
        return failure.mailFrom().isEmpty() // RFC 5321 4.5.5: a report is not reported
                ? new Mailing.Skipped(NoticeKind.DSN, Skip.NULL_SENDER)
                : Mailing.write(NoticeKind.DSN, failure.mailFrom(), to -> report.write(id, failure, to));
    }
}
