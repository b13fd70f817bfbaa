package org.signetmail.edge.relay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.trace.Step;
import org.signetmail.edge.trace.Traces;

/**
 * The threads that deliver, a lane for each destination, and the queue of what they are done with. The polling thread
 * fills the former and empties the latter. What finds no room in its lane is put in line instead, so that no destination
 * holds up another.
 */
final class Couriers {
    private static final Logger LOG = Logger.getLogger(Couriers.class);
    private static final int POSTPONING = 16;
    private static final int POSTPONED_MESSAGES = 200;
    private static final long POSTPONED_OCTETS = 32L * 1024 * 1024;
    /** So much on its way into a line, and mail that waited already is not read: what is new goes first. */
    private static final int MANY_POSTPONED = 50;

    private static final Duration RETIRE_UNUSED = Duration.ofMinutes(30);
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

    private interface Work {
        End with(InHand mail, Destination destination) throws InterruptedException;
    }

    private final Courier courier;
    private final Destinations destinations;
    private final Lines lines;
    private final Duration setAsideAfter;
    private final Traces traces;
    private final Map<Destination, Lane> lanes = new ConcurrentHashMap<>();
    private final Room room = new Room();
    private final Lane postponing = new Lane("postponing", POSTPONING, new Room());
    private final Periodic retirements = new Periodic(Duration.ofMinutes(1));
    private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();

    /** @param setAsideAfter so long is a destination waited for that is away */
    Couriers(Courier courier, Destinations destinations, Lines lines, Duration setAsideAfter, Traces traces) {
        this.courier = courier;
        this.destinations = destinations;
        this.lines = lines;
        this.setAsideAfter = setAsideAfter;
        this.traces = traces;
    }

    private Lane lane(Destination destination) {
        return lanes.computeIfAbsent(
                destination, of -> new Lane(of.name(), of.route().concurrency(), room));
    }

    void hand(InHand mail) {
        Destination destination = destinations.of(mail.message().recipients().getFirst());
        if (admits(destination)) {
            enter(lane(destination), mail, destination, courier::settle);
        } else {
            enter(postponing, mail, destination, courier::postpone);
        }
        if (retirements.due()) {
            destinations.retire(RETIRE_UNUSED, unused -> lane(unused).isEmpty()).stream()
                    .map(lanes::remove)
                    .filter(Objects::nonNull)
                    .forEach(unused -> unused.threads().shutdown());
        }
    }

    /** Whether there is room for one more message; at one that is away, for the one that tries whether it is back. */
    boolean admits(Destination destination) {
        Lane lane = lane(destination);
        // With one destination there is nobody to make way for: reading pauses instead.
        return isAway(destination)
                ? lane.isEmpty() && destination.gate().tryDue()
                : lane.mayGrow() || destinations.isOne();
    }

    /** Whether there is room for many. */
    boolean admitsMore(Destination destination) {
        return isAway(destination) ? admits(destination) : lane(destination).mayGrowMuch();
    }

    /** Away, and its mail may stand in line meanwhile without holding up another's. */
    private boolean isAway(Destination destination) {
        return lines.ownsOne(destination) && destination.gate().awayFor(setAsideAfter);
    }

    private void enter(Lane lane, InHand mail, Destination destination, Work work) {
        lane.add(mail);
        try {
            lane.threads().execute(() -> carry(lane, mail, destination, work));
        } catch (RejectedExecutionException e) {
            LOG.debugf(
                    "%s: read while the relay stops, left open", mail.message().id());
            finished.add(new Finished(mail, End.OPEN));
        }
    }

    /** Whether nothing should be read for now. */
    boolean busy() {
        return postponing.messages() >= POSTPONED_MESSAGES
                || postponing.octets() >= POSTPONED_OCTETS
                || destinations.isOne() && lanes.values().stream().anyMatch(lane -> !lane.mayGrow());
    }

    /** Whether nothing should be read for now that waited already. */
    boolean busyPostponing() {
        return postponing.messages() >= MANY_POSTPONED;
    }

    private void carry(Lane lane, InHand mail, Destination destination, Work work) {
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
            lane.remove(mail);
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
                .map(Lane::threads)
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
