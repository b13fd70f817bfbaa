package org.signetmail.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.signetmail.local.process.AtExit;
import org.signetmail.local.process.ProcessRecord;
import org.signetmail.local.process.RunningPart;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.secrets.Secrets;

/**
 * The whole suite on loopback. {@code ./signet up} holds one, and so do end-to-end tests and benchmarks, which can kill,
 * stop, pause and start again each part. Closed in reverse order of the start, at the latest when the JVM ends.
 */
public final class LocalStack implements AutoCloseable {
    private final StackOptions options;
    private final Home home;
    private final Endpoints endpoints;
    private final FileChannel lock;
    private final Secrets secrets;
    private final PartStarter starter;
    private final Map<Part, RunningPart> running = new ConcurrentHashMap<>();
    private final Map<Part, Runnable> readiness = new ConcurrentHashMap<>();
    private boolean closed;

    private LocalStack(StackOptions options, Home home, FileChannel lock, Secrets secrets) {
        this.options = options;
        this.home = home;
        this.endpoints = new Endpoints(options.portOffset());
        this.lock = lock;
        this.secrets = secrets;
        this.starter = new PartStarter(options, home, endpoints, secrets);
    }

    /**
     * Starts every part, and returns when all are ready; stops them all again when one fails.
     *
     * @throws AlreadyRunning when another process holds a stack in this directory
     * @throws PortsTaken when a port is in use; then nothing was started
     * @throws org.signetmail.local.process.PartFailed when a part ends at its start or is not ready in time
     */
    public static LocalStack start(StackOptions options) {
        LocalStack stack = prepare(options);
        try {
            Part.WAVES.forEach(stack::startTogether);
            Files.createFile(stack.home.ready());
            return stack;
        } catch (IOException e) {
            stack.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** A stack whose parts are not started; {@link #start(Part)} starts one by one. */
    public static LocalStack prepare(StackOptions options) {
        var home = new Home(options.directory());
        try {
            home.create();
            FileChannel lock = lock(home);
            try {
                Leftovers.stop(home, options.progress()::note);
                Files.deleteIfExists(home.ready());
                PortsTaken.check(new Endpoints(options.portOffset()));
                options.progress().note("Starting Signet on loopback; data and logs in " + home.directory());
                home.rotateLogs();
                var stack = new LocalStack(options, home, lock, Secrets.in(home.secrets()));
                ProcessRecord.of(ProcessHandle.current().pid()).write(home.supervisorRecord());
                home.remember(stack.endpoints);
                LocalEnvironment.write(home.environment(), stack.variables());
                AtExit.close(stack);
                return stack;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Home home() {
        return home;
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    public String token(Role role) {
        return secrets.token(role);
    }

    /** The certificate of the SMTP listeners, as PEM, for clients to trust. */
    public Path certificate() {
        return secrets.certificate();
    }

    /** What {@code local.env} says. */
    public Map<String, String> variables() {
        return LocalEnvironment.variables(endpoints, secrets);
    }

    /** Process id of a part that is running; its CPU time is that of the {@link ProcessHandle}. */
    public long pid(Part part) {
        return running(part).pid();
    }

    public Path log(Part part) {
        return home.log(part);
    }

    /** Starts one part and waits until it is ready. */
    public void start(Part part) {
        long begin = System.nanoTime();
        launch(part);
        awaitReady(part);
        if (part == Part.DIRECTORY_SERVICE) {
            DemoDirectory.writeOnce(home, endpoints, secrets.token(Role.ADMIN));
        }
        String where = endpoints.listeners(part).stream()
                .map(listener -> listener.port() + " " + listener.purpose())
                .collect(Collectors.joining(", "));
        options.progress().ready(part, Duration.ofNanos(System.nanoTime() - begin), where);
    }

    /** Starts one part without waiting for it. */
    public void launch(Part part) {
        PartStarter.Started started = starter.start(part);
        running.put(part, started.part());
        readiness.put(part, started.awaitReady());
        ProcessRecord.of(started.part().pid()).write(home.record(part));
    }

    /** Waits until a part that was launched, or paused and resumed, answers that it is ready. */
    public void awaitReady(Part part) {
        readiness.get(part).run();
    }

    /** SIGKILL, as when the power fails. */
    public void kill(Part part) {
        running(part).kill();
        forget(part);
    }

    /** SIGTERM, and waits until it has ended. */
    public void stop(Part part) {
        running(part).close();
        forget(part);
        options.progress().stopped(part);
    }

    /** SIGSTOP: sockets stay open, and nobody answers. */
    public void pause(Part part) {
        running(part).pause();
    }

    /** SIGCONT. */
    public void resume(Part part) {
        running(part).resume();
    }

    public void restart(Part part) {
        stop(part);
        start(part);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        AtExit.forget(this);
        try {
            Files.deleteIfExists(home.ready());
            for (Part part : List.of(Part.values()).reversed()) {
                if (running.containsKey(part)) {
                    resume(part); // One that is paused would not hear SIGTERM.
                    stop(part);
                }
            }
            Files.deleteIfExists(home.supervisorRecord());
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startTogether(List<Part> wave) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = new ExecutorCompletionService<Part>(threads);
            for (Part part : wave) {
                var unused = starts.submit(() -> start(part), part);
            }
            try {
                for (Part ignored : wave) {
                    starts.take().get();
                }
            } catch (ExecutionException | InterruptedException e) {
                threads.shutdownNow(); // The others need not wait any longer.
                throw e;
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the stack was starting", e);
        }
    }

    private RunningPart running(Part part) {
        RunningPart found = running.get(part);
        if (found == null) {
            throw new IllegalStateException(part.label() + " is not running");
        }
        return found;
    }

    private void forget(Part part) {
        running.remove(part);
        readiness.remove(part);
        Leftovers.forget(home, part);
    }

    private static FileChannel lock(Home home) throws IOException {
        FileChannel channel = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very JVM: as much taken as by another.
        }
        channel.close();
        throw new AlreadyRunning(home);
    }
}
