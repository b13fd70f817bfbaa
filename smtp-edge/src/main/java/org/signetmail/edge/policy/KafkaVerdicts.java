package org.signetmail.edge.policy;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.Logger;
import org.signetmail.edge.DependencyMetrics;
import org.signetmail.edge.EdgeConfig;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.event.CloudEvent;
import org.signetmail.edge.event.EventJson;
import org.signetmail.edge.event.EventProducer;

/** Asks over Kafka: publishes the submission and waits for the verdict in this edge's reply partition. */
@ApplicationScoped
class KafkaVerdicts implements Verdicts {
    private static final Logger LOG = Logger.getLogger(KafkaVerdicts.class);
    private static final String SUBMISSIONS = "signet.submissions";
    private static final String VERDICTS = "signet.verdicts";

    private final PendingVerdicts pending = new PendingVerdicts();
    private final VerdictReader reader;
    private final EventProducer producer;
    private final EdgeMetrics metrics;
    private final Duration timeout;
    private final String replyPartition;

    KafkaVerdicts(
            EdgeConfig config,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @Identifier("questions") EventProducer producer,
            EdgeMetrics metrics,
            DependencyMetrics dependencies) {
        this.producer = producer;
        this.metrics = metrics;
        this.timeout = config.verdict().timeout();
        int partition = config.edge().replyPartition();
        this.replyPartition = Integer.toString(partition);
        this.reader = new VerdictReader(
                kafka, new TopicPartition(VERDICTS, partition), pending::complete, metrics, dependencies);
        metrics.pendingVerdicts(pending::size);
    }

    void start(@Observes StartupEvent started) {
        reader.start();
    }

    @PreDestroy
    void stop() {
        reader.close();
    }

    /** Whether questions can be answered; while not, {@link #ask} answers empty at once. */
    boolean ready() {
        return reader.ready();
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public Optional<VerdictEvent> ask(SubmissionEvent submission, String traceparent) {
        if (!reader.ready()) {
            return Optional.empty();
        }
        long asked = System.nanoTime();
        try (PendingVerdicts.Pending question = pending.register(submission.submissionId())) {
            var _ = producer.send(record(submission, traceparent)).whenComplete((_, failure) -> {
                if (failure != null) {
                    LOG.warnf("Submission %s was not asked about: %s", submission.submissionId(), failure.getMessage());
                    question.failed(failure);
                }
            });
            return question.await(timeout.minus(since(asked))); // sending may have taken its time, too
        } finally {
            metrics.verdictAfter(since(asked));
        }
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private ProducerRecord<String, byte[]> record(SubmissionEvent submission, String traceparent) {
        var event = new CloudEvent(
                submission.submissionId(),
                CloudEvent.Type.SUBMISSION,
                submission.receivedAt(),
                Optional.of(traceparent));
        Headers headers = event.headers();
        CloudEvent.add(headers, "signet_reply_partition", replyPartition);
        return new ProducerRecord<>(SUBMISSIONS, null, submission.account(), EventJson.write(submission), headers);
    }
}
