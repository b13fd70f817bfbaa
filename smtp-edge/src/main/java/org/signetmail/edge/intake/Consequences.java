package org.signetmail.edge.intake;

import java.nio.file.Path;
import java.util.Optional;
import org.signetmail.edge.event.NotAcknowledged;
import org.signetmail.edge.policy.VerdictEvent;
import org.signetmail.edge.policy.VerdictEvent.Violation;

/** What follows from a verdict, made durable before the client is answered. */
public interface Consequences {
    /** The message goes to the relay; returns when it cannot be lost any more. */
    void relay(ReceivedMessage message, VerdictEvent verdict) throws NotAcknowledged;

    /** A refusal goes on record, or with mode report what would have been one; returns when it cannot be lost. */
    void record(ReceivedMessage message, VerdictEvent verdict, Violation violation, Optional<Path> copy)
            throws NotAcknowledged;
}
