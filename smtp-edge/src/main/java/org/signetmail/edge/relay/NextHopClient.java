package org.signetmail.edge.relay;

import java.io.IOException;
import java.util.Optional;
import org.signetmail.edge.event.OutboundMessage;

/** Carries one message over one session with the next hop, an idle one if there is any. */
final class NextHopClient {
    private final ConnectionPool usual;
    private final ConnectionPool verified;
    private final Signing signing;

    /** @param verified sessions under TLS with a certificate that is valid for the host */
    NextHopClient(ConnectionPool usual, ConnectionPool verified, Signing signing) {
        this.usual = usual;
        this.verified = verified;
        this.signing = signing;
    }

    /** Tries every undecided recipient once; when it returns, all are decided. */
    void deliver(OutboundMessage message, Answers answers) throws HopTrouble {
        deliver(message.parameters().requireTls() ? verified : usual, message, answers);
    }

    private void deliver(ConnectionPool pool, OutboundMessage message, Answers answers) throws HopTrouble {
        Transaction transaction = begin(pool, message, answers);
        HopConnection hop = transaction.hop();
        try {
            transaction.complete();
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

    /** In a session that took MAIL. Idle ones that turn out to be dead are no trouble: the next hop may close them. */
    private Transaction begin(ConnectionPool pool, OutboundMessage message, Answers answers) throws HopTrouble {
        while (true) {
            Optional<HopConnection> idle = pool.takeIdle();
            HopConnection hop = idle.isPresent() ? idle.get() : open(pool);
            try {
                var transaction = new Transaction(hop, pool.host(), message, answers, signing);
                transaction.mail();
                return transaction;
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

    private static HopConnection open(ConnectionPool pool) throws HopTrouble {
        try {
            return pool.open();
        } catch (IOException e) {
            throw HopTrouble.atConnect(e);
        }
    }
}
