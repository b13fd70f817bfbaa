package org.signetmail.edge.relay;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Room for messages in hand, shared by all destinations. Each may have as many as there is room left for more: however
 * many of them are slow, there is some for another, and one alone may have half.
 */
final class Room {
    private static final int MESSAGES = 1_000;
    private static final long OCTETS = 64L * 1024 * 1024;

    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong octets = new AtomicLong();

    void take(int size) {
        messages.incrementAndGet();
        octets.addAndGet(size);
    }

    void giveBack(int size) {
        messages.decrementAndGet();
        octets.addAndGet(-size);
    }

    /** Whether who has so much may have more. */
    boolean hasMoreFor(int itsMessages, long itsOctets) {
        return itsMessages < MESSAGES - messages.get() && itsOctets < OCTETS - octets.get();
    }
}
