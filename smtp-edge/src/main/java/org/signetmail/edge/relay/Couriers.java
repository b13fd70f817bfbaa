package org.signetmail.edge.relay;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The virtual threads that deliver, a bounded number for each destination, the short queues before them, and the queue of
 * what they are done with. The polling thread fills the former and empties the latter. A destination whose queue is long
 * gets no more into it, so that it holds up no other.
 */
final class Couriers {
    private static final Logger LOG = Logger.getLogger(Couriers.class);
    private static final int QUEUED_MESSAGES = 200;
    private static final long QUEUED_OCTETS = 32L * 1024 * 1024;
    private static final int POSTPONING = 4;
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(2);

    /** How a courier ends with a message. */
    enum End {
        /** Delivered, reported or set aside, durably. */
        SETTLED,
        /** Moved on in signet.retries without an attempt, durably, or left to a copy that was made of it. */
        HELD,
        /** The relay stops, or the message became another instance's. */
        OPEN
    }

    record Finished(InHand mail, End end) {}

    /** The threads of one destination, and what waits for them. */
    private static final class Lane {
        private final ExecutorService threads;
        private final AtomicInteger messages = new AtomicInteger();
        private final AtomicLong octets = new AtomicLong();

        Lane(String name, int concurrency) {
            threads = Executors.newFixedThreadPool(
                    concurrency,
                    Thread.ofVirtual().name("relay-" + name + "-", 1).factory());
        }

        boolean holds(int share) {
            return messages.get() >= QUEUED_MESSAGES / share || octets.get() >= QUEUED_OCTETS / share;
        }
    }

    private interface Work {
        End with(InHand mail, Destination destination) throws InterruptedException;
    }

    private final Courier courier;
    private final Destinations destinations;
    private final Map<Destination, Lane> lanes = new HashMap<>();
    private final Lane postponing = new Lane("postponing", POSTPONING);
    private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();

    Couriers(Courier courier, Destinations destinations) {
        this.courier = courier;
        this.destinations = destinations;
        for (Destination destination : destinations.all()) {
            lanes.put(
                    destination,
                    new Lane(destination.route().name(), destination.route().concurrency()));
        }
    }

    void hand(InHand mail) {
        Destination destination = destinations.of(mail.message().recipients().getFirst());
        Lane lane = lanes.get(destination);
        // With one destination there is nobody to make way for: reading pauses instead.
        if (lanes.size() > 1 && lane.holds(2)) {
            enter(postponing, mail, destination, courier::postpone);
        } else {
            enter(lane, mail, destination, courier::settle);
        }
    }

    private void enter(Lane lane, InHand mail, Destination destination, Work work) {
        lane.messages.incrementAndGet();
        lane.octets.addAndGet(mail.message().content().length);
        try {
            lane.threads.execute(() -> carry(lane, mail, destination, work));
        } catch (RejectedExecutionException e) {
            LOG.debugf(
                    "%s: read while the relay stops, left open", mail.message().id());
            finished.add(new Finished(mail, End.OPEN));
        }
    }

    /** Whether no more should be read for now. */
    boolean busy() {
        int messages = postponing.messages.get();
        long octets = postponing.octets.get();
        for (Lane lane : lanes.values()) {
            messages += lane.messages.get();
            octets += lane.octets.get();
        }
        return messages >= QUEUED_MESSAGES || octets >= QUEUED_OCTETS;
    }

    private void carry(Lane lane, InHand mail, Destination destination, Work work) {
        lane.messages.decrementAndGet();
        lane.octets.addAndGet(-mail.message().content().length);
        End end = End.OPEN;
        try {
            end = work.with(mail, destination);
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
        List<ExecutorService> all = Stream.concat(lanes.values().stream(), Stream.of(postponing))
                .map(lane -> lane.threads)
                .toList();
        all.forEach(ExecutorService::shutdown);
        try {
            if (!ended(all, limit)) {
                LOG.warnf("Deliveries did not end within %s, cut short: they are made again", limit);
                all.forEach(ExecutorService::shutdownNow);
                if (!ended(all, AFTER_INTERRUPT)) {
                    LOG.warn("Deliveries go on after their interrupt");
                }
            }
        } catch (InterruptedException e) {
            all.forEach(ExecutorService::shutdownNow);
            Thread.currentThread().interrupt();
        }
    }

    private static boolean ended(List<ExecutorService> all, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (ExecutorService threads : all) {
            if (!threads.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }
}
