package org.signetmail.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A part of the stack in a JVM of its own: started, waited for, stopped with SIGTERM or killed with SIGKILL. It does not
 * hear the terminal's Ctrl-C, so that {@link AtExit} can stop the parts in their order.
 */
public final class JavaProcess implements RunningPart {
    // Ignored signals stay ignored through exec, and the process keeps its id.
    private static final List<String> DEAF_TO_TERMINAL =
            List.of("sh", "-c", "trap '' INT QUIT HUP; exec \"$0\" \"$@\"");

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    private final String name;
    private final Path log;
    private final Process process;

    private JavaProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Begins a command line; standard output and error of the process are appended to log. */
    public static Builder named(String name, Path log) {
        return new Builder(name, log);
    }

    public String name() {
        return name;
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until something listens on the loopback port; fails with the log's path when the process ends before. */
    public void awaitPort(int port, Duration limit) {
        await(() -> Ports.isTaken(port), "port " + port, limit);
    }

    /** Waits until the condition holds; fails with the log's path when the process ends before or the time is up. */
    public void await(BooleanSupplier condition, String what, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new PartFailed(name + " ended with exit code " + process.exitValue() + " at its start", log);
            }
            if (System.nanoTime() > end) {
                throw new PartFailed(name + ": no " + what + " within " + limit.toSeconds() + " s", log);
            }
            pause(POLL);
        }
    }

    /** Lets the process run on when this JVM ends. */
    public void outliveThisJvm() {
        AtExit.forget(this);
    }

    @Override
    public void kill() {
        AtExit.forget(this);
        process.destroyForcibly();
        waitFor(STOP_LIMIT);
    }

    /** Asks the process to end and, when it does not in time, kills it. */
    @Override
    public void close() {
        AtExit.forget(this);
        process.destroy();
        if (!waitFor(STOP_LIMIT)) {
            kill();
        }
    }

    private boolean waitFor(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a part of the stack", e);
        }
    }

    /** The command line: options of the JVM, then a main class or a jar, then arguments. */
    public static final class Builder {
        private final String name;
        private final Path log;
        private final List<String> options = new ArrayList<>();
        private final List<String> program = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();

        private Builder(String name, Path log) {
            this.name = name;
            this.log = log;
        }

        public Builder option(String option) {
            options.add(option);
            return this;
        }

        /** A main class of this module. */
        public Builder mainClass(String mainClass) {
            return mainClass(Layout.localClassPath(), mainClass);
        }

        public Builder mainClass(String classPath, String mainClass) {
            program.addAll(List.of("-cp", classPath, mainClass));
            return this;
        }

        public Builder jar(Path jar) {
            program.addAll(List.of("-jar", jar.toString()));
            return this;
        }

        public Builder argument(String argument) {
            program.add(argument);
            return this;
        }

        public Builder environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        public JavaProcess start() throws IOException {
            var command = new ArrayList<>(DEAF_TO_TERMINAL);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(program);
            Files.createDirectories(log.toAbsolutePath().getParent());
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            var started = new JavaProcess(name, log, builder.start());
            AtExit.close(started);
            return started;
        }
    }
}
