package org.signetmail.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long BEGIN = 1_000_000_000L;
    private static final long MILLI = 1_000_000;

    private final AtomicLong now = new AtomicLong(BEGIN);

    @Test
    void messagesAreDueAtTheRate() throws InterruptedException {
        Pace pace = pace(100);
        assertEquals(BEGIN, pace.awaitDue(1));
        assertEquals(BEGIN + 10 * MILLI, pace.awaitDue(2));
        assertEquals(BEGIN + 10 * MILLI, now.get(), "it waited until then");
    }

    @Test
    void aSlowReplyPutsNothingOff() throws InterruptedException {
        Pace pace = pace(100);
        now.addAndGet(500 * MILLI);
        assertEquals(BEGIN + 10 * MILLI, pace.awaitDue(2), "due long ago");
        assertEquals(BEGIN + 500 * MILLI, now.get(), "and sent at once");
    }

    @Test
    void aClosedLoopSendsWhenItCan() throws InterruptedException {
        now.addAndGet(7 * MILLI);
        assertEquals(BEGIN + 7 * MILLI, pace(0).awaitDue(1000));
    }

    private Pace pace(int rate) {
        return new Pace(rate, BEGIN, now::get, now::addAndGet);
    }
}
