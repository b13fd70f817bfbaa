package org.signetmail.edge.relay;

import java.io.IOException;
import java.util.Optional;
import org.signetmail.edge.event.OutboundMessage;

/** Carries one message over one session with the next hop, an idle one if there is any. */
final class NextHopClient {
    private final ConnectionPool usual;
    private final ConnectionPool verified;

    /** @param verified sessions under TLS with a certificate that is valid for the host */
    NextHopClient(ConnectionPool usual, ConnectionPool verified) {
        this.usual = usual;
        this.verified = verified;
    }

    /** Tries every undecided recipient once; when it returns, all are decided. */
    void deliver(OutboundMessage message, Answers answers) throws HopTrouble {
        deliver(message.parameters().requireTls() ? verified : usual, message, answers);
    }

    private static void deliver(ConnectionPool pool, OutboundMessage message, Answers answers) throws HopTrouble {
        HopConnection hop = begin(pool, message, answers);
        try {
            transaction(pool, hop, message, answers).complete();
            pool.release(hop);
        } catch (IOException e) {
            pool.discard(hop);
            // A session that breaks after the last reply, at RSET, has no more to say.
            if (!answers.complete()) {
                throw HopTrouble.inTransaction(e);
            }
        } catch (RuntimeException e) {
            pool.discard(hop);
            throw e;
        }
    }

    /** A session that took MAIL. Idle ones that turn out to be dead are no trouble: the next hop may close them. */
    private static HopConnection begin(ConnectionPool pool, OutboundMessage message, Answers answers)
            throws HopTrouble {
        while (true) {
            Optional<HopConnection> idle = pool.takeIdle();
            HopConnection hop = idle.isPresent() ? idle.get() : open(pool);
            try {
                transaction(pool, hop, message, answers).mail();
                return hop;
            } catch (IOException e) {
                pool.discard(hop);
                if (idle.isEmpty()) {
                    throw HopTrouble.inTransaction(e);
                }
            } catch (HopTrouble | RuntimeException e) {
                pool.discard(hop);
                throw e;
            }
        }
    }

    private static Transaction transaction(
            ConnectionPool pool, HopConnection hop, OutboundMessage message, Answers answers) {
        return new Transaction(hop, pool.host(), message, answers);
    }

    private static HopConnection open(ConnectionPool pool) throws HopTrouble {
        try {
            return pool.open();
        } catch (IOException e) {
            throw HopTrouble.atConnect(e);
        }
    }
}
