package org.signetmail.edge.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.reply.Replies;

/** The connections being served: how many there may be, how long one may hang, and how they end when the server stops. */
final class OpenConnections implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OpenConnections.class);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration SWEEP = Duration.ofMillis(500);

    /** For sessions whose time is up to read 421 before they are cut. */
    private static final Duration LAST_GRACE = Duration.ofSeconds(1);

    private final int maxConnections;
    private final EdgeMetrics metrics;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger admitted = new AtomicInteger();
    private final Thread sweeper;
    private volatile boolean draining;

    OpenConnections(int maxConnections, EdgeMetrics metrics) {
        this.maxConnections = maxConnections;
        this.metrics = metrics;
        this.sweeper = Thread.ofVirtual().name("smtp-overdue").unstarted(this::abortOverdue);
    }

    /** Begins to look after connections that hang. */
    void start() {
        sweeper.start();
    }

    int size() {
        return connections.size();
    }

    boolean isDraining() {
        return draining;
    }

    /** Serves the connection on the calling thread until it ends, or turns it away when there are too many. */
    void serve(Connection connection) {
        if (admitted.incrementAndGet() > maxConnections) {
            admitted.decrementAndGet();
            metrics.connectionRefused();
            connection.turnAway(Replies.TOO_MANY_CONNECTIONS);
            return;
        }
        connections.add(connection);
        try {
            if (draining) {
                connection.drain();
            }
            connection.run();
        } finally {
            connections.remove(connection);
            admitted.decrementAndGet();
        }
    }

    /** Ends idle sessions at once, waits for transactions in hand, and returns how many had to be cut. */
    int drain(Duration limit) {
        draining = true;
        connections.forEach(Connection::drain);
        if (allEndWithin(limit)) {
            return 0;
        }
        int cut = connections.size();
        connections.forEach(Connection::end);
        if (!allEndWithin(LAST_GRACE)) {
            connections.forEach(Connection::abort);
        }
        return cut;
    }

    private boolean allEndWithin(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!connections.isEmpty() && System.nanoTime() < end && pause(POLL)) {
            // Each session removes itself.
        }
        return connections.isEmpty();
    }

    private void abortOverdue() {
        while (pause(SWEEP)) {
            for (Connection connection : connections) {
                if (connection.isOverdue()) {
                    LOG.debug("A connection hangs and is aborted");
                    metrics.connectionHung();
                    connection.abort();
                }
            }
        }
    }

    /** Gives false when the thread was interrupted. */
    private static boolean pause(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the looking after. */
    @Override
    public void close() {
        sweeper.interrupt();
    }
}
