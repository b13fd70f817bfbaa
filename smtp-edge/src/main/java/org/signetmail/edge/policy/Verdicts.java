package org.signetmail.edge.policy;

import java.time.Duration;
import java.util.Optional;

/** The question to policy-service. */
public interface Verdicts {
    /** The time that {@link #ask} waits at most. */
    Duration timeout();

    /**
     * Asks, and blocks the caller's virtual thread for the answer.
     *
     * @return empty when there is none in time: Kafka or policy-service away, slow, or not to be read
     */
    Optional<VerdictEvent> ask(SubmissionEvent submission, String traceparent);
}
