package org.signetmail.edge.operator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.signetmail.edge.queue.QueueOrder;

/**
 * A message that waits in signet.retries, as operators see it.
 *
 * @param routes names of the routes that its recipients take
 * @param attempts deliveries tried so far
 * @param due when the next step is made: an attempt, or on towards the end of holdUntil; absent for what stands in line
 *     until its destination has room for it or is back
 * @param holdUntil what its sender asked for (RFC 4865)
 * @param order of an operator, in force
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Waiting(
        String id,
        Optional<String> account,
        String mailFrom,
        List<String> recipients,
        List<String> routes,
        int attempts,
        Instant receivedAt,
        Optional<Instant> due,
        Optional<Instant> holdUntil,
        Optional<QueueOrder> order) {

    /** A page of them; next is there when more may follow, to be given as {@code after}. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Page(List<Waiting> messages, Optional<String> next) {}
}
