package org.signetmail.edge.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections being served, and how they end when the server stops. */
final class OpenConnections {
    private static final Duration POLL = Duration.ofMillis(20);

    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    int size() {
        return connections.size();
    }

    /** Serves the connection on the calling thread until it ends. */
    void run(Connection connection) {
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
        long end = System.nanoTime() + limit.toNanos();
        while (!connections.isEmpty() && System.nanoTime() < end) {
            pause();
        }
        int cut = connections.size();
        connections.forEach(Connection::abort);
        return cut;
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sessions were draining", e);
        }
    }
}
