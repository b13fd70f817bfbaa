package org.signetmail.edge.content;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * So many octets may be in use at a time. Who waits for some is served in the order of asking, and before anybody who
 * does not wait, so that no large wish starves.
 */
public final class Budget {
    /** Octets are counted in units, so that an int is enough for two terabytes. */
    private static final int UNIT = 1024;

    private final int units;
    private final Semaphore free;

    public Budget(long octets) {
        units = units(octets);
        free = new Semaphore(units, true);
    }

    /** A share of nothing, to be grown and given back by its owner. */
    Share share() {
        return new Share();
    }

    /** Octets of the whole budget. */
    public long limit() {
        return (long) units * UNIT;
    }

    public long used() {
        return (long) (units - free.availablePermits()) * UNIT;
    }

    private static int units(long octets) {
        return Math.toIntExact(Math.ceilDiv(octets, UNIT));
    }

    /** What one message has of the budget. Belongs to one thread. */
    final class Share implements AutoCloseable {
        private int held;

        private Share() {}

        /** Becomes as large as asked for, if that is possible at once. */
        boolean growAtOnce(long octets) {
            int wanted = units(octets);
            if (wanted > held && (free.hasQueuedThreads() || !free.tryAcquire(wanted - held))) {
                return false;
            }
            held = Math.max(held, wanted);
            return true;
        }

        /** Becomes as large as asked for; false when there was no room for so long, or never can be. */
        boolean growWithin(long octets, Duration limit) {
            int wanted = units(octets);
            try {
                if (wanted > units
                        || wanted > held && !free.tryAcquire(wanted - held, limit.toNanos(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
            held = Math.max(held, wanted);
            return true;
        }

        /** Gives back what is over. */
        void shrink(long octets) {
            int wanted = Math.min(held, units(octets));
            free.release(held - wanted);
            held = wanted;
        }

        @Override
        public void close() {
            shrink(0);
        }
    }
}
