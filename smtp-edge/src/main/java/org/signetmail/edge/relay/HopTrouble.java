package org.signetmail.edge.relay;

import java.io.EOFException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.signetmail.edge.relay.HopConnection.TlsMissing;

/**
 * The connection to the next hop failed: nothing was said about the message.
 *
 * @see Courier which waits, and suspects the message only when it breaks several connections
 */
final class HopTrouble extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean inTransaction;

    private HopTrouble(String message, boolean inTransaction, Throwable cause) {
        super(message, cause);
        this.inTransaction = inTransaction;
    }

    /** No session could be had: connect, greeting, TLS, AUTH. */
    static HopTrouble atConnect(Exception cause) {
        return new HopTrouble(describe(cause), false, cause);
    }

    /** The session ended between MAIL and the reply to the content. */
    static HopTrouble inTransaction(Exception cause) {
        return new HopTrouble(describe(cause), true, cause);
    }

    boolean inTransaction() {
        return inTransaction;
    }

    /** What is wrong with the TLS of a next hop that answers; empty when it is something else. */
    Optional<String> lackOfTls() {
        boolean cutOff = getCause().getCause() instanceof EOFException;
        boolean tls = getCause() instanceof TlsMissing || getCause() instanceof SSLException && !cutOff;
        return tls ? Optional.of(getMessage()) : Optional.empty();
    }

    private static String describe(Exception cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
