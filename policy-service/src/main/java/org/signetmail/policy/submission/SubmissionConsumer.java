package org.signetmail.policy.submission;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.signetmail.policy.check.Answer.Violation;
import org.signetmail.policy.compromise.CompromiseSignal;
import org.signetmail.policy.directory.DirectoryGateway;
import org.signetmail.policy.event.EventJson;
import org.signetmail.policy.event.Submission;
import org.signetmail.policy.event.VerdictEvent;
import org.signetmail.policy.judge.Judge;
import org.signetmail.policy.judge.Verdict;
import org.signetmail.policy.judge.Verdict.Accept;
import org.signetmail.policy.judge.Verdict.Defer;
import org.signetmail.policy.judge.Verdict.Overlook;
import org.signetmail.policy.judge.Verdict.Reject;
import org.signetmail.policy.judge.Verdict.Tolerate;
import org.signetmail.policy.operation.PolicyMetrics;
import org.signetmail.policy.operation.PolicyMetrics.Skipped;
import org.signetmail.policy.operation.Traces;
import org.signetmail.policy.operation.Traces.Step;

/**
 * The way in and out: a submission from signet.submissions, its verdict to the reply partition of the edge that asked.
 * Records are judged concurrently, each on a virtual thread, so that none waits for another; one that was not answered
 * before a crash is judged again, which does no harm. The connector hands over whole polls: what it does for each message
 * costs more than a verdict.
 */
@ApplicationScoped
public class SubmissionConsumer {
    private static final Logger LOG = Logger.getLogger(SubmissionConsumer.class);

    private final Judge judge;
    private final DirectoryGateway directory;
    private final ReplyPartitions partitions;
    private final VerdictProducer producer;
    private final CompromiseSignal signal;
    private final PolicyMetrics metrics;
    private final Traces traces;

    SubmissionConsumer(
            Judge judge,
            DirectoryGateway directory,
            ReplyPartitions partitions,
            VerdictProducer producer,
            CompromiseSignal signal,
            PolicyMetrics metrics,
            Traces traces) {
        this.judge = judge;
        this.directory = directory;
        this.partitions = partitions;
        this.producer = producer;
        this.signal = signal;
        this.metrics = metrics;
        this.traces = traces;
    }

    /** Returns when each record is judged, or will not be: then all are done with. Several polls are under way at a time. */
    @Incoming("submissions")
    @RunOnVirtualThread
    public void answer(ConsumerRecords<String, byte[]> polled) {
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            polled.forEach(record -> each.execute(() -> verdict(record).ifPresent(producer::send)));
        }
    }

    /** Empty when the submission gets no verdict. */
    private Optional<ProducerRecord<String, byte[]>> verdict(ConsumerRecord<String, byte[]> record) {
        try (Step step = traces.follow("judge", record.headers())) {
            return verdict(record, step);
        }
    }

    private Optional<ProducerRecord<String, byte[]>> verdict(ConsumerRecord<String, byte[]> record, Step step) {
        Instant readAt = Instant.now();
        metrics.read(Duration.between(Instant.ofEpochMilli(record.timestamp()), readAt));
        Optional<Submission> submission = read(record);
        if (submission.isEmpty()) {
            return Optional.empty();
        }
        step.of(submission.get().submissionId());
        if (readAt.isAfter(submission.get().answerBy())) {
            metrics.skipped(Skipped.LATE);
            return Optional.empty();
        }
        OptionalInt partition = partitions.of(record);
        if (partition.isEmpty()) {
            LOG.warnf(
                    "Submission %s has no reply partition that is known",
                    submission.get().submissionId());
            metrics.skipped(Skipped.UNANSWERABLE);
            return Optional.empty();
        }
        Verdict verdict = judge(submission.get());
        Instant judgedAt = Instant.now();
        metrics.judged(verdict, Duration.between(readAt, judgedAt));
        if (!submission.get().fromCanary()) {
            signal.judged(submission.get().account(), verdict);
        }
        step.note("signet.verdict", verdict.getClass().getSimpleName());
        log(submission.get(), verdict);
        return Optional.of(Reply.of(
                VerdictEvent.of(submission.get(), verdict, judgedAt), partition.getAsInt(), step.traceparent()));
    }

    private Optional<Submission> read(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(EventJson.read(record.value(), Submission.class));
        } catch (IOException e) {
            LOG.warnf(
                    "Unreadable submission at %s-%d offset %d: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
            metrics.skipped(Skipped.UNREADABLE);
            return Optional.empty();
        }
    }

    private Verdict judge(Submission submission) {
        try {
            return judge.judge(
                    submission.account(), submission.facts(), directory.find(submission.account()), Instant.now());
        } catch (RuntimeException e) {
            // A fault of ours must neither let the message pass nor lose it.
            LOG.errorf(e, "Submission %s could not be judged", submission.submissionId());
            return new Defer("policy-service failed");
        }
    }

    private static void log(Submission submission, Verdict verdict) {
        switch (verdict) {
            case Accept _, Overlook _ -> {}
            case Tolerate tolerate -> log(submission, "reported", tolerate.violation(), tolerate.looksLike());
            case Reject reject -> log(submission, "refused", reject.violation(), reject.looksLike());
            case Defer(String what) ->
                LOG.infof("%s of %s: deferred, %s", submission.submissionId(), submission.account(), what);
        }
    }

    private static void log(Submission submission, String outcome, Violation violation, Optional<String> looksLike) {
        LOG.infof(
                "%s of %s: %s, %s %s%s",
                submission.submissionId(),
                submission.account(),
                outcome,
                violation.field(),
                violation.address().orElseGet(violation::words),
                looksLike.map(address -> ", which looks like " + address).orElse(""));
    }
}
