package org.signetmail.edge.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sessions with the next hop that wait for the next message. The bound is the number of deliveries at once: each holds
 * one session, and only what a delivery gives back becomes idle.
 */
final class ConnectionPool implements AutoCloseable {
    private record Idle(HopConnection connection, long since) {}

    private final HopSettings settings;
    private final Duration idleTimeout;
    private final ConcurrentLinkedDeque<Idle> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final ScheduledExecutorService timer;
    private final Future<?> dismissals;
    private volatile boolean closed;

    /** @param timer for whatever takes no time; of all pools */
    ConnectionPool(HopSettings settings, Duration idleTimeout, ScheduledExecutorService timer) {
        this.settings = settings;
        this.idleTimeout = idleTimeout;
        this.timer = timer;
        long period = Math.max(1, idleTimeout.toMillis() / 2);
        dismissals = timer.scheduleWithFixedDelay(this::dismissIdle, period, period, TimeUnit.MILLISECONDS);
    }

    static ScheduledExecutorService timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("relay-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    String host() {
        return settings.hop().host();
    }

    /** Opened and not yet closed, in use or idle. */
    int connections() {
        return connections.get();
    }

    HopConnection open() throws IOException {
        HopConnection connection = HopConnection.open(settings, timer);
        connections.incrementAndGet();
        return connection;
    }

    /** The session that was used last; the next hop may have closed it meanwhile. */
    Optional<HopConnection> takeIdle() {
        return Optional.ofNullable(idle.pollFirst()).map(Idle::connection);
    }

    /** Takes back a session that is ready for MAIL. */
    void release(HopConnection connection) {
        if (closed) {
            leave(connection);
        } else {
            idle.addFirst(new Idle(connection, System.nanoTime()));
        }
    }

    /** Takes back a session that is broken. */
    void discard(HopConnection connection) {
        connection.abort();
        connections.decrementAndGet();
    }

    private void dismissIdle() {
        long now = System.nanoTime();
        for (Idle oldest = idle.peekLast();
                oldest != null && now - oldest.since() >= idleTimeout.toNanos();
                oldest = idle.peekLast()) {
            if (idle.removeLastOccurrence(oldest)) {
                HopConnection connection = oldest.connection();
                Thread.ofVirtual().name("relay-quit").start(() -> leave(connection));
            }
        }
    }

    private void leave(HopConnection connection) {
        connection.leave();
        connections.decrementAndGet();
    }

    /** Leaves all idle sessions, side by side; those in use follow when they are released. */
    @Override
    public void close() {
        closed = true;
        dismissals.cancel(false);
        try (var leaving = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Idle next = idle.poll(); next != null; next = idle.poll()) {
                HopConnection connection = next.connection();
                leaving.execute(() -> leave(connection));
            }
        }
    }
}
