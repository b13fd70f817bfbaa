package org.signetmail.edge.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * The bounded number of virtual threads that deliver, the short queue before them, and the queue of what they are done
 * with. The polling thread fills the one and empties the other.
 */
final class Couriers {
    private static final Logger LOG = Logger.getLogger(Couriers.class);
    private static final int QUEUED_MESSAGES = 200;
    private static final long QUEUED_OCTETS = 32L * 1024 * 1024;
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    /** How a courier ends with a message. */
    enum End {
        /** Delivered, reported or set aside, durably. */
        SETTLED,
        /** Moved on in signet.retries without an attempt, durably. */
        HELD,
        /** The relay stops, or the message became another instance's. */
        OPEN
    }

    record Finished(InHand mail, End end) {}

    private final Courier courier;
    private final ExecutorService threads;
    private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
    private final AtomicInteger queuedMessages = new AtomicInteger();
    private final AtomicLong queuedOctets = new AtomicLong();

    Couriers(Courier courier, int concurrency) {
        this.courier = courier;
        this.threads = Executors.newFixedThreadPool(
                concurrency, Thread.ofVirtual().name("relay-", 1).factory());
    }

    void hand(InHand mail) {
        queuedMessages.incrementAndGet();
        queuedOctets.addAndGet(mail.message().content().length);
        threads.execute(() -> carry(mail));
    }

    /** Whether no more should be read for now. */
    boolean busy() {
        return queuedMessages.get() >= QUEUED_MESSAGES || queuedOctets.get() >= QUEUED_OCTETS;
    }

    private void carry(InHand mail) {
        queuedMessages.decrementAndGet();
        queuedOctets.addAndGet(-mail.message().content().length);
        End end = End.OPEN;
        try {
            end = courier.settle(mail);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "%s: not settled, will be read again after a restart",
                    mail.message().id());
        } finally {
            finished.add(new Finished(mail, end));
        }
    }

    /** The next message that a courier is done with, waiting for it at most so long. */
    Optional<Finished> nextFinished(Duration wait) {
        try {
            return Optional.ofNullable(finished.poll(wait.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Lets deliveries under way end in time, then ends them. */
    void drain(Duration limit) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("Deliveries did not end within %s, cut short: they are made again", limit);
                threads.shutdownNow();
                if (!threads.awaitTermination(AFTER_INTERRUPT.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.warn("Deliveries go on after their interrupt");
                }
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
