package org.signetmail.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process that was started, as {@code .signet/run/NAME.pid} keeps it: "PID MILLISECONDS", the latter its start time. A
 * process with that id is ours only if it started then; ids are used again.
 */
public record ProcessRecord(long pid, Instant started) {
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(50);

    /** A record of a process that runs now. */
    public static ProcessRecord of(long pid) {
        return new ProcessRecord(
                pid,
                ProcessHandle.of(pid)
                        .flatMap(process -> process.info().startInstant())
                        .orElse(Instant.now()));
    }

    /** Reads a record; empty when there is no file, or one that a crash left half written. */
    public static Optional<ProcessRecord> read(Path file) {
        try {
            if (Files.notExists(file)) {
                return Optional.empty();
            }
            List<String> words = List.of(Files.readString(file).trim().split(" ", -1));
            return Optional.of(new ProcessRecord(
                    Long.parseLong(words.getFirst()), Instant.ofEpochMilli(Long.parseLong(words.getLast()))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(Path file) {
        try {
            Files.writeString(file, pid + " " + started.toEpochMilli() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return handle().isPresent();
    }

    /** SIGTERM, and SIGKILL for it and its descendants when it has not ended after 15 s. */
    public void stop() {
        stop(STOP_LIMIT);
    }

    /** SIGTERM, and SIGKILL for it and its descendants when it has not ended within the limit. */
    public void stop(Duration limit) {
        handle().ifPresent(process -> {
            process.destroy();
            if (!awaitEnd(limit)) {
                kill();
            }
        });
    }

    /** SIGKILL for it and its descendants, and waits until it has ended. */
    public void kill() {
        if (isAlive()) {
            Signals.sendToAll(pid, "KILL");
            awaitEnd(STOP_LIMIT);
        }
    }

    /** Waits until the process has ended; false when the limit passed before. */
    public boolean awaitEnd(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                return false;
            }
            JavaProcess.pause(POLL);
        }
        return true;
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(start -> Duration.between(start, started).abs().compareTo(CLOCK_TOLERANCE) <= 0)
                        .orElse(false))
                .filter(process -> !isZombie());
    }

    /** Ended, but nobody has fetched its exit code: so it stays where process 1 of a container is no init. */
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // No Linux, or it has ended in between
        }
    }
}
