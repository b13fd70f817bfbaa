package org.signetmail.edge.queue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * The event queue-order.v1: what an operator wants to become of a message that waits (deploy/contract/schemas).
 *
 * @param message its id
 * @param by who said so, as the token names them
 */
public record QueueOrder(String message, Action action, String by, Instant at, String reason) {
    /** What is to be done. */
    public enum Action {
        /** Not to be delivered until this order is withdrawn. */
        @JsonProperty("hold")
        HOLD,
        /** To be given up: its sender gets the report of a failure. It stays in force, for every copy that turns up. */
        @JsonProperty("delete")
        DELETE,
        /** This copy of it is to be passed over: another one was made, to be delivered at once. */
        @JsonProperty("moved")
        MOVED
    }
}
