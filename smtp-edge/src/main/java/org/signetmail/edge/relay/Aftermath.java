package org.signetmail.edge.relay;

import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.signetmail.edge.event.CloudEvent;
import org.signetmail.edge.event.EventJson;
import org.signetmail.edge.event.EventProducer;
import org.signetmail.edge.event.NotAcknowledged;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.edge.relay.RetryTiers.Slot;

/** Makes durable what follows from an attempt: signet.undeliverable, signet.retries. */
final class Aftermath {
    private static final String UNDELIVERABLE = "signet.undeliverable";

    private final EventProducer producer;
    private final OutboundWriter outbound;
    private final RelayMetrics metrics;

    Aftermath(EventProducer producer, OutboundWriter outbound, RelayMetrics metrics) {
        this.producer = producer;
        this.outbound = outbound;
        this.metrics = metrics;
    }

    /** Returns when the event is acknowledged. */
    void report(OutboundMessage message, Undeliverable report) throws NotAcknowledged {
        // A later attempt, or one at another destination, may come to something else: an event for each, the same when
        // repeated. What stands in line is told of twice without an attempt, of its delay and of its end.
        String told = report.recipients().stream()
                .flatMap(recipient -> recipient.action().stream())
                .map(action -> action.name().toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .collect(Collectors.joining("+"));
        String eventId = String.join(
                "/",
                message.id(),
                Integer.toString(message.attempt()),
                message.recipients().getFirst(),
                told);
        var event = new CloudEvent(eventId, CloudEvent.Type.UNDELIVERABLE, report.failedAt(), message.traceparent());
        byte[] json = EventJson.write(report);
        producer.sendAndAwait(new ProducerRecord<>(UNDELIVERABLE, null, message.id(), json, event.headers()));
        report.recipients().forEach(recipient -> recipient.action().ifPresent(metrics::reported));
    }

    /**
     * Returns when the message is acknowledged.
     *
     * @param message after the attempt, with the recipients that remain
     */
    void setAside(OutboundMessage message, Slot slot) throws NotAcknowledged {
        outbound.writeForRetry(message, slot.partition(), slot.due());
        metrics.retryQueued();
    }

    /** Returns when a message that was not tried is acknowledged in the line of its destination, or where it waits. */
    void putInLine(OutboundMessage message, Slot slot) throws NotAcknowledged {
        outbound.writeForRetry(message, slot.partition(), slot.due());
        metrics.putInLine();
    }

    /** Returns when a message that may not go out yet is acknowledged on its way through signet.retries. */
    void hold(OutboundMessage message, Slot slot) throws NotAcknowledged {
        outbound.writeForRetry(message, slot.partition(), slot.due());
        metrics.held();
    }
}
