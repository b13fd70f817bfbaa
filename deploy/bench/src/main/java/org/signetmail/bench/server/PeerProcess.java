package org.signetmail.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.signetmail.local.process.AtExit;
import org.signetmail.local.process.PartFailed;
import org.signetmail.local.process.Ports;
import org.signetmail.local.process.RunningPart;

/** A program of the machine's packages that runs in the foreground, with what it starts below it. */
record PeerProcess(Process process, Path log) implements RunningPart {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 50;

    static PeerProcess start(List<String> command, Path log) throws IOException {
        var started = new PeerProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start(),
                log);
        AtExit.close(started);
        return started;
    }

    /** Runs a program to its end and gives what it said. */
    static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    void awaitPort(int port, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (!Ports.isTaken(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new PartFailed("Nothing listens on port " + port, log);
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted", e);
            }
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
