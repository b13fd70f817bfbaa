package org.signetmail.edge.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.signetmail.edge.EdgeMetrics;

/** The connections being served: how long one may hang, and how they end when the server stops. */
final class OpenConnections implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OpenConnections.class);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration SWEEP = Duration.ofMillis(500);

    /** For sessions whose time is up to read 421 before they are cut. */
    private static final Duration LAST_GRACE = Duration.ofSeconds(1);

    private final EdgeMetrics metrics;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final Thread sweeper;
    private volatile boolean draining;

    OpenConnections(EdgeMetrics metrics) {
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

    /** Serves the connection on the calling thread until it ends. */
    void serve(Connection connection) {
        connections.add(connection);
        try {
            if (draining) {
                connection.drain();
            }
            connection.run();
        } finally {
            connections.remove(connection);
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
