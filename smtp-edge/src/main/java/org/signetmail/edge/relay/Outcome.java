package org.signetmail.edge.relay;

import java.util.Optional;

/** What one delivery came to for one recipient. */
sealed interface Outcome {
    /** The next hop took it over. */
    record Delivered() implements Outcome {}

    /**
     * No attempt will succeed.
     *
     * @param status RFC 3463
     * @param diagnostic reply of the next hop, or why none came
     * @param remoteMta who replied
     */
    record FailedForGood(String status, String diagnostic, Optional<String> remoteMta) implements Outcome {}

    /** Another attempt may succeed. */
    record Later(String diagnostic, Optional<String> remoteMta) implements Outcome {}
}
