package org.signetmail.edge.event;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Messages of several parts go to Kafka by turns: together they would fill the producer's buffer, none would be through in
 * time, and small ones would find no room beside them.
 */
final class LargeMessages {
    /** Half of the producer's buffer. */
    private static final int UNITS = 64;

    private static final Duration LIMIT = Duration.ofMinutes(5); // a client waits ten, RFC 5321 section 4.5.3.2.6

    private final Semaphore free = new Semaphore(UNITS, true);

    /** Returns when it is this message's turn; at once for a message of one part. */
    Turn await(long octets) throws NotAcknowledged {
        int units = (int) Math.min(UNITS, Math.ceilDiv(octets, OutboundWriter.PART_OCTETS));
        if (units <= 1) {
            return new Turn(0);
        }
        try {
            if (!free.tryAcquire(units, LIMIT.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new NotAcknowledged("Too many large messages wait for Kafka", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAcknowledged("Interrupted while waiting for Kafka", e);
        }
        return new Turn(units);
    }

    /** A message on its way, to be closed when it is through. */
    final class Turn implements AutoCloseable {
        private final int units;

        private Turn(int units) {
            this.units = units;
        }

        @Override
        public void close() {
            free.release(units);
        }
    }
}
