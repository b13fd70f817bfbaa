package org.signetmail.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program of the machine's packages that runs in the foreground, with what it starts below it. */
public record ProgramProcess(Process process, Path log) implements RunningPart {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    /** Starts a program; its output and errors are appended to log. */
    public static ProgramProcess start(List<String> command, Path log) throws IOException {
        var started = new ProgramProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start(),
                log);
        AtExit.close(started);
        return started;
    }

    /** Runs a program to its end and gives what it said. */
    public static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    /** Waits until something listens on the loopback port; fails with the log's path when the program ends before. */
    public void awaitPort(int port, Duration limit) {
        await(() -> Ports.isTaken(port), "Nothing listens on port " + port, limit);
    }

    /** Waits until the condition holds; fails with the log's path when the program ends before or the time is up. */
    public void await(BooleanSupplier condition, String otherwise, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new PartFailed(otherwise, log);
            }
            JavaProcess.pause(POLL);
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void kill() {
        AtExit.forget(this);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        AtExit.forget(this);
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
