package org.signetmail.notifier.intake;

import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.signetmail.notifier.metrics.NotifierMetrics;
import org.signetmail.notifier.metrics.NotifierMetrics.Result;
import org.signetmail.notifier.outbox.OutboxPublisher;
import org.signetmail.notifier.webhook.Deliveries;

/** What follows a commit: the mails are counted, and who carries them is told. */
@Singleton
class Counting {
    private static final Logger LOG = Logger.getLogger(Counting.class);

    private final NotifierMetrics metrics;
    private final OutboxPublisher publisher;
    private final Deliveries webhooks;

    Counting(NotifierMetrics metrics, OutboxPublisher publisher, Deliveries webhooks) {
        this.metrics = metrics;
        this.publisher = publisher;
        this.webhooks = webhooks;
    }

    void wake() {
        publisher.wake();
        webhooks.wake();
    }

    void count(String submissionId, Mailing mailing) {
        switch (mailing) {
            case Mailing.Written written -> metrics.notice(written.notice().kind(), Result.QUEUED);
            case Mailing.Skipped skipped -> {
                metrics.skipped(skipped.cause());
                LOG.debugf("%s: no %s mail (%s)", submissionId, skipped.kind(), skipped.cause());
            }
            case Mailing.Gathered gathered -> metrics.suppressed(gathered.kind(), gathered.cause());
            case Mailing.Failed failed -> {
                metrics.notice(failed.kind(), Result.FAILED);
                LOG.errorf(failed.cause(), "%s: the %s mail cannot be written", submissionId, failed.kind());
            }
        }
    }
}
