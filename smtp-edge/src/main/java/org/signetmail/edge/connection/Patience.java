package org.signetmail.edge.connection;

import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * How long the client may take over what is being read: silent for at most {@code silence}, and in all not longer than
 * that, but for the time that what it sent may take at the slowest rate allowed. So a client that sends an octet now and
 * then does not hold a connection for ever (RFC 5321 section 4.5.3.2 bounds silence only).
 */
final class Patience {
    private long begin = System.nanoTime();
    private final long silenceMillis;
    private final long octetsPerSecond;

    private Patience(Duration silence, long octetsPerSecond) {
        this.silenceMillis = Math.max(1, silence.toMillis());
        this.octetsPerSecond = Math.max(1, octetsPerSecond);
    }

    /** Everything must be there within the limit. */
    static Patience within(Duration limit) {
        return new Patience(limit, Long.MAX_VALUE);
    }

    /** Long content may take long, as long as it keeps coming. */
    static Patience withRate(Duration silence, long octetsPerSecond) {
        return new Patience(silence, octetsPerSecond);
    }

    /** Time that passed, but not by the client's doing. */
    void excuse(long nanos) {
        begin += nanos;
    }

    /**
     * The time to wait for more.
     *
     * @param octets read so far
     * @throws SocketTimeoutException when it is over
     */
    int millisLeft(long octets) throws SocketTimeoutException {
        long taken = (System.nanoTime() - begin) / 1_000_000;
        long left = Math.min(silenceMillis, silenceMillis + 1000 * octets / octetsPerSecond - taken);
        if (left <= 0) {
            throw new SocketTimeoutException("The client is too slow");
        }
        return Math.toIntExact(left);
    }
}
