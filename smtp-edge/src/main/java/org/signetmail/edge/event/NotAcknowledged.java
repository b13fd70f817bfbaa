package org.signetmail.edge.event;

/**
 * Kafka did not confirm a record in time. It may yet arrive: whoever was promised nothing must be told nothing, and who
 * writes again must expect that the reader sees both.
 */
public final class NotAcknowledged extends Exception {
    private static final long serialVersionUID = 1;

    public NotAcknowledged(String message, Throwable cause) {
        super(message, cause);
    }
}
