package org.signetmail.notifier.webhook;

import java.time.Instant;

/**
 * An event on its way to a target.
 *
 * @param id the same at each attempt
 * @param since when trying began
 * @param attempts with the one under way
 */
record Delivery(String id, String body, Instant since, int attempts) {
    /** What an attempt came to. */
    sealed interface Outcome {}

    /** The target has it. */
    record Delivered() implements Outcome {}

    /** To be tried again, as long as there is time. */
    record Failed(String error) implements Outcome {}

    /** The target says that it will never take it. */
    record Gone(String error) implements Outcome {}
}
