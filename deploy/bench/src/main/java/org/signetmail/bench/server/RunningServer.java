package org.signetmail.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.signetmail.bench.scenario.Scenario;
import org.signetmail.local.process.Trees;

/** The server that a scenario measures, started for it alone and stopped when it is closed. */
public sealed interface RunningServer extends AutoCloseable permits RunningNoop, RunningPostfix, RunningSignet {
    /** Loopback port that takes the messages, without TLS. */
    int port();

    /** Ids of its processes by name; what is a process tree counts as one. */
    Map<String, Long> processes();

    /** Work that is left, by the queue's name; a queue that is empty is left out. */
    Map<String, Long> queued() throws IOException;

    @Override
    void close() throws IOException;

    /** Starts from nothing: what the run before left in the directory is deleted. */
    static RunningServer start(Scenario scenario, Path directory, int portOffset) throws IOException {
        Trees.delete(directory);
        return switch (scenario.target()) {
            case NO_OP -> RunningNoop.start(directory);
            case POSTFIX -> RunningPostfix.start(scenario, directory);
            case SIGNET -> RunningSignet.start(scenario, directory, portOffset);
        };
    }
}
