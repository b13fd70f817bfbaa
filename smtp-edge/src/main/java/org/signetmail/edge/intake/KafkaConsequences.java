package org.signetmail.edge.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.signetmail.edge.EdgeConfig;
import org.signetmail.edge.event.NotAcknowledged;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.edge.policy.RejectionEvent;
import org.signetmail.edge.policy.Rejections;
import org.signetmail.edge.policy.VerdictEvent;
import org.signetmail.edge.policy.VerdictEvent.Violation;
import org.signetmail.edge.session.Transaction;

/** Durable means acknowledged by Kafka: {@code signet.outbound} for a message, {@code signet.rejections} for a refusal. */
@ApplicationScoped
class KafkaConsequences implements Consequences {
    private static final byte[] NOT_HERE = {};

    private final String serverName;
    private final OutboundWriter outbound;
    private final Rejections rejections;
    private final Probes probes;
    private final Clock clock;

    KafkaConsequences(EdgeConfig config, OutboundWriter outbound, Rejections rejections, Probes probes, Clock clock) {
        this.serverName = config.serverName();
        this.outbound = outbound;
        this.rejections = rejections;
        this.probes = probes;
        this.clock = clock;
    }

    @Override
    public void relay(ReceivedMessage message, VerdictEvent verdict) throws NotAcknowledged {
        Transaction transaction = message.submission().transaction();
        var envelope = new OutboundMessage(
                message.id().toString(),
                transaction.reversePath().address(),
                message.recipients(),
                message.needsSmtputf8(),
                message.receivedAt(),
                0,
                Optional.of(message.traceparent()),
                Optional.of(message.submission().account()),
                message.provedDomains(verdict),
                message.deliveryParameters(),
                NOT_HERE);
        outbound.write(envelope, message.completed(serverName));
    }

    @Override
    public void record(ReceivedMessage message, VerdictEvent verdict, Violation violation, Optional<Path> copy)
            throws NotAcknowledged {
        var rejection = new RejectionEvent(
                message.id().toString(),
                message.submission().account(),
                clock.instant(),
                serverName,
                verdict.outcome() == VerdictEvent.Outcome.REJECT,
                violation,
                verdict.mode().orElse("enforce"),
                verdict.directoryVersion().orElse(0),
                verdict.primaryAddress(),
                verdict.allowed(),
                message.client(),
                message.submission().transaction().reversePath().address(),
                message.recipients(),
                message.submission().content().size(),
                copy.map(Path::toString),
                message.headerBlock(),
                verdict.explanation(),
                probes.mark(message.headerBlock()));
        rejections.publish(rejection, message.traceparent());
    }
}
