package org.signetmail.images;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of an unpacked image: its start, until it is ready, and its end. */
final class RunningImage implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Process process;
    private final Path log;
    private final int managementPort;

    private RunningImage(Process process, Path log, int managementPort) {
        this.process = process;
        this.log = log;
        this.managementPort = managementPort;
    }

    /** Starts the command with nothing in its environment but the variables, as a container has it. */
    static RunningImage start(List<String> command, Map<String, String> variables, int managementPort, Path log)
            throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return new RunningImage(builder.start(), log, managementPort);
    }

    /** How long it took from now until it was ready. */
    Duration awaitReady() throws IOException {
        long begun = System.nanoTime();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!isReady(http, request)) {
                if (!process.isAlive() || System.nanoTime() - begun > START_LIMIT.toNanos()) {
                    throw new IOException("Not ready; its log: " + Files.readString(log));
                }
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for a service", e);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    long pid() {
        return process.pid();
    }

    /** Asks it to end, and waits until it has. */
    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException("It did not end; its log: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a service was stopping", e);
        }
    }

    private static boolean isReady(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // Nothing listens yet.
        }
    }
}
