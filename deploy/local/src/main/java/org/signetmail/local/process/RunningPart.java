package org.signetmail.local.process;

import java.nio.file.Path;

/** A part of the stack that was started: a JVM of its own, or PostgreSQL. {@link #close()} asks it to end and waits. */
public interface RunningPart extends AutoCloseable {
    long pid();

    Path log();

    /** Ends the part and all its processes at once, as a power failure or the kernel's OOM killer would. */
    void kill();

    /** Stops its execution (SIGSTOP): sockets stay open, and nobody answers. */
    default void pause() {
        Signals.sendToAll(pid(), "STOP");
    }

    /** Lets it run on after {@link #pause()}. */
    default void resume() {
        Signals.sendToAll(pid(), "CONT");
    }

    @Override
    void close();
}
