package org.signetmail.local.process;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is still running when this JVM ends is closed, the youngest first: one shutdown hook for all parts, because hooks
 * of their own would run side by side and stop the database under the services that use it.
 */
public final class AtExit {
    private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::closeAll, "signet-at-exit"));
    }

    private AtExit() {}

    /** Closes part when the JVM ends, or at once (and throws) when the JVM is ending already. */
    public static void close(AutoCloseable part) {
        synchronized (RUNNING) {
            if (!ending) {
                RUNNING.push(part);
                return;
            }
        }
        closeQuietly(part);
        throw new IllegalStateException("Ending: nothing is started any more");
    }

    /** The part was closed, or may outlive this JVM. */
    public static void forget(AutoCloseable part) {
        synchronized (RUNNING) {
            RUNNING.remove(part);
        }
    }

    /** Whether Ctrl-C or a signal is ending this JVM, so that parts which end now are no failures. */
    public static boolean isEnding() {
        synchronized (RUNNING) {
            return ending;
        }
    }

    private static void closeAll() {
        synchronized (RUNNING) {
            ending = true;
        }
        AutoCloseable part = next();
        while (part != null) {
            closeQuietly(part);
            part = next();
        }
    }

    private static AutoCloseable next() {
        synchronized (RUNNING) {
            return RUNNING.poll();
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            // The other parts must be stopped all the same, and no logger is left at this point.
            System.err.println("While ending: " + e);
        }
    }
}
