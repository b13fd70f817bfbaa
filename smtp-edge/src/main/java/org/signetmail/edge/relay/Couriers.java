package org.signetmail.edge.relay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.trace.Step;
import org.signetmail.edge.trace.Traces;

/**
 * The virtual threads that deliver, a bounded number for each destination, the short queues before them, and the queue of
 * what they are done with. The polling thread fills the former and empties the latter. A destination whose queue is long
 * gets no more into it, so that it holds up no other.
 */
final class Couriers {
    private static final Logger LOG = Logger.getLogger(Couriers.class);
    private static final int QUEUED_MESSAGES = 200;
    private static final long QUEUED_OCTETS = 32L * 1024 * 1024;
    /** Of MX routes, whose domains are many: in hand, under way or not. */
    private static final int MX_MESSAGES = 1_000;

    private static final long MX_OCTETS = 64L * 1024 * 1024;
    private static final Duration RETIRE_UNUSED = Duration.ofMinutes(30);
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

    /** The threads of one destination, and what waits for them; of MX also what they have. */
    private static final class Lane {
        private final ExecutorService threads;
        private final AtomicInteger messages = new AtomicInteger();
        private final AtomicLong octets = new AtomicLong();
        private final boolean mx;

        static Lane of(Destination destination) {
            return new Lane(
                    destination.name(),
                    destination.route().concurrency(),
                    destination.route().byMx());
        }

        /** @param mx one of very many: what it delivers counts, too */
        Lane(String name, int concurrency, boolean mx) {
            this.mx = mx;
            threads = Executors.newFixedThreadPool(
                    concurrency,
                    Thread.ofVirtual().name("relay-" + name + "-", 1).factory());
        }

        void add(InHand mail) {
            messages.incrementAndGet();
            octets.addAndGet(mail.message().content().length);
        }

        void remove(InHand mail) {
            messages.decrementAndGet();
            octets.addAndGet(-mail.message().content().length);
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
    private final Traces traces;
    private final Map<Destination, Lane> lanes = new ConcurrentHashMap<>();
    private final Lane postponing = new Lane("postponing", POSTPONING, false);
    private final Periodic retirements = new Periodic(Duration.ofMinutes(1));
    private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();

    Couriers(Courier courier, Destinations destinations, Traces traces) {
        this.courier = courier;
        this.destinations = destinations;
        this.traces = traces;
        destinations.all().forEach(destination -> lanes.put(destination, Lane.of(destination)));
    }

    void hand(InHand mail) {
        Destination destination = destinations.of(mail.message().recipients().getFirst());
        Lane lane = lanes.computeIfAbsent(destination, Lane::of);
        // With one destination there is nobody to make way for: reading pauses instead.
        if ((lane.mx || lanes.size() > 1) && lane.holds(2)) {
            enter(postponing, mail, destination, courier::postpone);
        } else {
            enter(lane, mail, destination, courier::settle);
        }
        if (retirements.due()) {
            destinations.retire(RETIRE_UNUSED).stream()
                    .map(lanes::remove)
                    .filter(Objects::nonNull)
                    .forEach(unused -> unused.threads.shutdown());
        }
    }

    private void enter(Lane lane, InHand mail, Destination destination, Work work) {
        lane.add(mail);
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
        int mxMessages = 0;
        long mxOctets = 0;
        for (Lane lane : lanes.values()) {
            if (lane.mx) {
                mxMessages += lane.messages.get();
                mxOctets += lane.octets.get();
            } else {
                messages += lane.messages.get();
                octets += lane.octets.get();
            }
        }
        return messages >= QUEUED_MESSAGES
                || octets >= QUEUED_OCTETS
                || mxMessages >= MX_MESSAGES
                || mxOctets >= MX_OCTETS;
    }

    private void carry(Lane lane, InHand mail, Destination destination, Work work) {
        if (!lane.mx) {
            lane.remove(mail);
        }
        End end = End.OPEN;
        OutboundMessage message = mail.message();
        try (Step step = traces.follow("relay", message.traceparent(), message.id())) {
            step.note("signet.attempt", message.attempt());
            end = work.with(mail, destination);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "%s: not settled, will be read again after a restart",
                    mail.message().id());
        } finally {
            if (lane.mx) {
                lane.remove(mail);
            }
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
