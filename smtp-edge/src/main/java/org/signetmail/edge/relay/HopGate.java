package org.signetmail.edge.relay;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/** Where deliveries wait for better times: until their pause is over, somebody got through, or the relay stops. */
final class HopGate {
    private static final Logger LOG = Logger.getLogger(HopGate.class);

    private final String route;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger waiting = new AtomicInteger();
    private long passages;
    private volatile boolean away;
    private volatile long awaySince;
    private volatile String lastTrouble = "";
    private long nextTry = System.nanoTime();
    private int tries;

    /** @param route what it is the gate of, for the log */
    HopGate(String route) {
        this.route = route;
    }

    private volatile boolean closed;

    /** Deliveries that wait for the next hop. */
    int waiting() {
        return waiting.get();
    }

    boolean closed() {
        return closed;
    }

    /** Notes that the next hop takes no mail. The log tells of its going and coming, not of each try. */
    void trouble(String trouble) {
        LOG.logf(away ? Logger.Level.DEBUG : Logger.Level.WARN, "Route %s takes no mail: %s", route, trouble);
        lock.lock();
        try {
            lastTrouble = trouble;
            if (!away) {
                awaySince = System.nanoTime();
                away = true;
            }
        } finally {
            lock.unlock();
        }
    }

    String lastTrouble() {
        return lastTrouble;
    }

    /** Whether the next hop has taken no mail for so long. */
    boolean awayFor(Duration limit) {
        return away && System.nanoTime() - awaySince >= limit.toNanos();
    }

    /** Whether {@link #mayTry} would let one through. */
    boolean tryDue() {
        lock.lock();
        try {
            return System.nanoTime() - nextTry >= 0;
        } finally {
            lock.unlock();
        }
    }

    /** How long the next hop has taken no mail. */
    Duration away() {
        return away ? Duration.ofNanos(System.nanoTime() - awaySince) : Duration.ZERO;
    }

    /** Lets one message through after each pause, which grows, to see whether the next hop is back. */
    boolean mayTry(BackOff backOff) {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (now - nextTry < 0) {
                return false;
            }
            tries++;
            nextTry = now + backOff.after(tries).toNanos();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the next hop, for the pause at most. */
    void awaitHop(Duration pause) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            await(pause, true);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Waits the whole pause, unless the relay stops. */
    void pause(Duration pause) throws InterruptedException {
        await(pause, false);
    }

    private void await(Duration pause, boolean endsWithPassage) throws InterruptedException {
        lock.lock();
        try {
            long nanos = pause.toNanos();
            long before = passages;
            while (nanos > 0 && !closed && !(endsWithPassage && passages != before)) {
                nanos = changed.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A delivery got through: those that wait may try again now. */
    void passed() {
        if (!away) {
            return;
        }
        away = false;
        LOG.infof("Route %s takes mail again", route);
        lock.lock();
        try {
            passages++;
            tries = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
