package org.signetmail.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.signetmail.bench.load.Door;
import org.signetmail.bench.scenario.Installation;
import org.signetmail.local.process.Trees;

/** The server that scenarios measure, started from nothing and stopped when it is closed. */
public sealed interface RunningServer extends AutoCloseable permits RunningNoop, RunningPostfix, RunningSignet {
    Door door();

    /** Ids of its processes by name; what is a process tree counts as one. */
    Map<String, Long> processes();

    /** The process that holds clients' connections and is a JVM, if there is one. */
    OptionalLong edge();

    /** Work that is left, by the queue's name; a queue that is empty is left out. */
    Map<String, Long> queued() throws IOException;

    /** Its data and logs. */
    Path directory();

    @Override
    void close() throws IOException;

    /** Starts from nothing: what the run before left in the directory is deleted. */
    static RunningServer start(Installation installation, Path directory, int portOffset)
            throws IOException, InterruptedException {
        Trees.delete(directory);
        // The local stack would make it its owner's alone, and Postfix has users of its own.
        Files.createDirectories(directory.getParent());
        return switch (installation.target()) {
            case NO_OP -> RunningNoop.start(directory);
            case POSTFIX -> RunningPostfix.start(directory);
            case SIGNET -> RunningSignet.start(installation, directory, portOffset);
        };
    }
}
