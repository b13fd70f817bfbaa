package org.signetmail.notifier.intake;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.signetmail.notifier.config.Backoff;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.event.Arrival;
import org.signetmail.notifier.event.EventJson;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.event.Undeliverable;
import org.signetmail.notifier.event.Unreadable;
import org.signetmail.notifier.metrics.NotifierMetrics;
import org.signetmail.notifier.metrics.NotifierMetrics.Topic;
import org.signetmail.notifier.metrics.Traces;

/**
 * Where events come in. A method that returns acknowledges its records: after the commit, or after they were counted as some
 * that never can be read. It does not return while PostgreSQL is away.
 */
@ApplicationScoped
public class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final RejectionRecorder rejections;
    private final UndeliverableRecorder undeliverables;
    private final NotifierMetrics metrics;
    private final Traces traces;

    Intake(RejectionRecorder rejections, UndeliverableRecorder undeliverables, NotifierMetrics metrics, Traces traces) {
        this.rejections = rejections;
        this.undeliverables = undeliverables;
        this.metrics = metrics;
        this.traces = traces;
    }

    /** All that one poll brought, in one transaction; when that cannot be, each in one of its own. */
    @Incoming("rejections")
    @RunOnVirtualThread
    public void rejected(ConsumerRecords<String, byte[]> records) {
        Instant since = Instant.now();
        var arrivals = new LinkedHashMap<ConsumerRecord<String, byte[]>, Arrival>();
        for (ConsumerRecord<String, byte[]> record : records) {
            take(Topic.REJECTIONS, record, () -> arrivals.put(record, arrival(record)));
        }
        try {
            rejections.record(List.copyOf(arrivals.values()));
            arrivals.forEach((record, arrival) -> recorded(record, arrival, since));
        } catch (Backoff.Interrupted e) {
            throw e; // Not acknowledged: the records are read again after the restart.
        } catch (Database.Unstorable | RuntimeException e) {
            LOG.debugf(e, "One of %d rejections cannot be taken", arrivals.size());
            arrivals.forEach((record, arrival) -> take(Topic.REJECTIONS, record, () -> {
                rejections.record(List.of(arrival));
                recorded(record, arrival, since);
            }));
        }
    }

    private static Arrival arrival(ConsumerRecord<String, byte[]> record) throws Unreadable {
        return new Arrival(EventJson.read(record.value(), Rejection.class), traceparent(record));
    }

    @Incoming("undeliverable")
    @RunOnVirtualThread
    public void undeliverable(ConsumerRecord<String, byte[]> record) {
        Instant since = Instant.now();
        take(Topic.UNDELIVERABLE, record, () -> {
            Undeliverable event = EventJson.read(record.value(), Undeliverable.class);
            undeliverables.record(event, traceparent(record));
            metrics.recorded(Topic.UNDELIVERABLE, age(record));
            traces.done("report delivery", traceparent(record), event.submissionId(), since);
        });
    }

    /** Reads and records an event. */
    @FunctionalInterface
    private interface Taking {
        void run() throws Unreadable, Database.Unstorable;
    }

    private void take(Topic topic, ConsumerRecord<String, byte[]> record, Taking taking) {
        try {
            taking.run();
        } catch (Backoff.Interrupted e) {
            throw e; // Not acknowledged: the record is read again after the restart.
        } catch (Unreadable | Database.Unstorable | RuntimeException e) {
            metrics.unreadable(topic);
            LOG.errorf(
                    e,
                    "Passed over, for it can never be taken: %s, partition %d, offset %d",
                    record.topic(),
                    record.partition(),
                    record.offset());
        }
    }

    private void recorded(ConsumerRecord<String, byte[]> record, Arrival arrival, Instant since) {
        metrics.recorded(Topic.REJECTIONS, age(record));
        traces.done("record incident", arrival.traceparent(), arrival.id().toString(), since);
    }

    private static Duration age(ConsumerRecord<String, byte[]> record) {
        return Duration.between(Instant.ofEpochMilli(record.timestamp()), Instant.now());
    }

    private static Optional<String> traceparent(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader("traceparent");
        return header == null ? Optional.empty() : Optional.of(new String(header.value(), StandardCharsets.US_ASCII));
    }
}
