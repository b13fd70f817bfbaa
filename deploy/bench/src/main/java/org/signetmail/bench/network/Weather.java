package org.signetmail.bench.network;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Whether a link lets data pass, and how late. */
final class Weather {
    private boolean cut;
    private long delayNanos;

    synchronized void delay(Duration delay) {
        delayNanos = delay.toNanos();
        notifyAll();
    }

    synchronized void cut() {
        cut = true;
    }

    synchronized void clear() {
        cut = false;
        delayNanos = 0;
        notifyAll();
    }

    /** Waits until what came at this time, in nanoseconds, may pass. */
    synchronized void awaitPassage(long cameAt) throws InterruptedException {
        long left = cameAt + delayNanos - System.nanoTime();
        while (cut || left > 0) {
            if (cut) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            left = cameAt + delayNanos - System.nanoTime();
        }
    }
}
