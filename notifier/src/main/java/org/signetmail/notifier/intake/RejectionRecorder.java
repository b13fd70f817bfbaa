package org.signetmail.notifier.intake;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.signetmail.notifier.administrator.Administrators;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.digest.Gathering;
import org.signetmail.notifier.event.Arrival;
import org.signetmail.notifier.incident.IncidentStore;
import org.signetmail.notifier.metrics.NotifierMetrics;
import org.signetmail.notifier.metrics.NotifierMetrics.Suppression;
import org.signetmail.notifier.metrics.NotifierMetrics.Topic;
import org.signetmail.notifier.outbox.Outbox;
import org.signetmail.notifier.webhook.DeliveryStore;

/**
 * Turns rejections into incidents and their mails: as many as come together in one transaction (decision 0066), and each once
 * however often its event comes.
 */
@Singleton
public class RejectionRecorder {
    private final Database database;
    private final IncidentStore incidents;
    private final DeliveryStore webhooks;
    private final Administrators administrators;
    private final RejectionMails mails;
    private final Gathering gathering;
    private final Outbox outbox;
    private final NotifierMetrics metrics;
    private final Counting counting;
    private final Clock clock;

    RejectionRecorder(
            Database database,
            IncidentStore incidents,
            DeliveryStore webhooks,
            Administrators administrators,
            RejectionMails mails,
            Gathering gathering,
            Outbox outbox,
            NotifierMetrics metrics,
            Counting counting,
            Clock clock) {
        this.database = database;
        this.incidents = incidents;
        this.webhooks = webhooks;
        this.administrators = administrators;
        this.mails = mails;
        this.gathering = gathering;
        this.outbox = outbox;
        this.metrics = metrics;
        this.counting = counting;
        this.clock = clock;
    }

    /** A mail of an incident, and what came of it. */
    private record Result(Arrival arrival, Mailing mailing) {}

    /** What a transaction did: incidents that were not there before, and their mails. */
    private record Recorded(List<Arrival> fresh, List<Result> results) {}

    /** Returns when all incidents and their mails are committed, now or by an earlier delivery of the same events. */
    void record(List<Arrival> arrivals) throws Database.Unstorable {
        // A canary's says that refusals come through, which is nobody's incident.
        List<Arrival> real = arrivals.stream()
                .filter(arrival -> !arrival.rejection().fromCanary())
                .toList();
        Recorded recorded = real.isEmpty()
                ? new Recorded(List.of(), List.of())
                : database.<Recorded, RuntimeException>patiently(connection -> add(connection, real));
        metrics.canaries(arrivals.size() - real.size());
        metrics.duplicates(Topic.REJECTIONS, real.size() - recorded.fresh().size());
        recorded.fresh()
                .forEach(arrival ->
                        metrics.incident(arrival.rejection().violation().reason()));
        recorded.results()
                .forEach(result -> counting.count(result.arrival().id().toString(), result.mailing()));
        counting.wake();
    }

    private Recorded add(Connection connection, List<Arrival> arrivals) throws SQLException {
        Instant now = clock.instant();
        List<Arrival> fresh = incidents.add(connection, arrivals, now);
        webhooks.add(connection, fresh);
        return new Recorded(fresh, tell(connection, fresh, now));
    }

    private List<Result> tell(Connection connection, List<Arrival> fresh, Instant now) throws SQLException {
        Administrators.Responsible responsible = administrators.responsible(
                connection,
                fresh.stream()
                        .map(arrival -> arrival.rejection().primaryAddress())
                        .toList());
        var called = new ArrayList<RejectionMails.Called>();
        var results = new ArrayList<Result>();
        for (Arrival arrival : fresh) {
            RejectionMails.Calls calls =
                    mails.calls(arrival, responsible.of(arrival.rejection().primaryAddress()));
            called.addAll(calls.called());
            calls.skipped().forEach(skipped -> results.add(new Result(arrival, skipped)));
        }
        List<Optional<Suppression>> suppressions = gathering.gather(
                connection, called.stream().map(RejectionMails.Called::telling).toList(), now);
        var entries = new ArrayList<Outbox.Entry>();
        for (int i = 0; i < called.size(); i++) {
            RejectionMails.Called one = called.get(i);
            Mailing mailing = one.write(suppressions.get(i));
            one.entry(mailing).ifPresent(entries::add);
            results.add(new Result(one.arrival(), mailing));
        }
        outbox.add(connection, entries);
        return results;
    }
}
