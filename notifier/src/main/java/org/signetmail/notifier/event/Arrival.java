package org.signetmail.notifier.event;

import java.util.Optional;
import java.util.UUID;

/** A rejection as it came, with the trace of the submission that it belongs to. */
public record Arrival(Rejection rejection, Optional<String> traceparent) {
    public UUID id() {
        return rejection.submissionId();
    }
}
