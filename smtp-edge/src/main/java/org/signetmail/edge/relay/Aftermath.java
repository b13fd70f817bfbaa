package org.signetmail.edge.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.CloudEvent;
import org.signetmail.edge.event.EventJson;
import org.signetmail.edge.event.EventProducer;
import org.signetmail.edge.event.NotAcknowledged;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.edge.relay.Outcome.FailedForGood;
import org.signetmail.edge.relay.RelayMetrics.Report;

/** What becomes of recipients that were not reached: signet.undeliverable or signet.retries. */
final class Aftermath {
    private static final Logger LOG = Logger.getLogger(Aftermath.class);
    private static final String UNDELIVERABLE = "signet.undeliverable";

    private final EventProducer producer;
    private final OutboundWriter outbound;
    private final List<Duration> retryDelays;
    private final String reportingMta;
    private final RelayMetrics metrics;

    Aftermath(
            EventProducer producer,
            OutboundWriter outbound,
            List<Duration> retryDelays,
            String reportingMta,
            RelayMetrics metrics) {
        this.producer = producer;
        this.outbound = outbound;
        this.retryDelays = retryDelays;
        this.reportingMta = reportingMta;
        this.metrics = metrics;
    }

    /** Returns when the event is acknowledged. A message without a sender has nobody to report to (RFC 5321 6.1). */
    void report(OutboundMessage message, Map<String, FailedForGood> failed, Instant now) throws NotAcknowledged {
        if (message.mailFrom().isEmpty()) {
            LOG.warnf("%s: undeliverable and without a sender, dropped: %s", message.id(), failed);
            metrics.count(Report.NONE);
            return;
        }
        // A later attempt may fail for other recipients of the same message: one event an attempt, the same when
        // repeated.
        String eventId = message.id() + "/" + message.attempt();
        var event = new CloudEvent(eventId, CloudEvent.Type.UNDELIVERABLE, now, message.traceparent());
        byte[] json = EventJson.write(Undeliverable.of(message, failed, now, reportingMta));
        producer.sendAndAwait(new ProducerRecord<>(UNDELIVERABLE, null, message.id(), json, event.headers()));
        metrics.count(Report.SENT);
    }

    /**
     * Returns when the message is acknowledged. Each delay has a partition, so its records fall due in order.
     *
     * @param message after the attempt, with the recipients that remain
     */
    void setAside(OutboundMessage message, Instant now) throws NotAcknowledged {
        int tier = Math.min(message.attempt(), retryDelays.size()) - 1;
        outbound.writeForRetry(message, tier, now.plus(retryDelays.get(tier)));
        metrics.retryQueued();
    }
}
