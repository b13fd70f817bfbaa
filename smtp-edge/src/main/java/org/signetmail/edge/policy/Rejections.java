package org.signetmail.edge.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.signetmail.edge.event.CloudEvent;
import org.signetmail.edge.event.EventJson;
import org.signetmail.edge.event.EventProducer;
import org.signetmail.edge.event.NotAcknowledged;

/** Publishes refusals for the notifier. */
@ApplicationScoped
public class Rejections {
    private static final String REJECTIONS = "signet.rejections";

    private final EventProducer producer;

    Rejections(EventProducer producer) {
        this.producer = producer;
    }

    /** Returns when the refusal is durable. */
    public void publish(RejectionEvent rejection, String traceparent) throws NotAcknowledged {
        var event = new CloudEvent(
                rejection.submissionId(), CloudEvent.Type.REJECTION, rejection.rejectedAt(), Optional.of(traceparent));
        producer.sendAndAwait(new ProducerRecord<>(
                REJECTIONS, null, rejection.account(), EventJson.write(rejection), event.headers()));
    }
}
