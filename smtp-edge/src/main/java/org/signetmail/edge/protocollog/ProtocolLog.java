package org.signetmail.edge.protocollog;

import java.lang.System.Logger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The dialogues of all sessions in one file, a line per command and reply. Sessions hand lines to one writer thread and
 * never wait for the disk: when it is {@value #CAPACITY} lines behind, lines are dropped and counted.
 */
public final class ProtocolLog implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(ProtocolLog.class.getName());
    private static final int CAPACITY = 65_536;
    private static final int BATCH = 4_096;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final String STOP = "";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Tracing tracing;
    private final Clock clock;
    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(CAPACITY);
    private final AtomicLong lost = new AtomicLong();
    private final LogFile file;
    private final Thread writer;
    private volatile boolean closed;

    private ProtocolLog(Level level, Path path, Rotation rotation, Clock clock) {
        this.tracing = new Tracing(level, clock);
        this.clock = clock;
        file = new LogFile(path, rotation, clock, lost);
        writer = Thread.ofPlatform().name("protocol-log").daemon().start(this::writeUntilStopped);
    }

    /** @param path appended to; created when the first line is written, so that level none leaves it alone */
    public static ProtocolLog open(Level level, Path path, Rotation rotation) {
        return open(level, path, rotation, Clock.systemUTC());
    }

    /** Never rotated. */
    public static ProtocolLog open(Level level, Path path) {
        return open(level, path, Rotation.NONE);
    }

    static ProtocolLog open(Level level, Path path, Rotation rotation, Clock clock) {
        return new ProtocolLog(level, path, rotation, clock);
    }

    public SessionLog session(String sessionId, String clientAddress) {
        String session = " " + LogText.printable(sessionId) + " " + LogText.printable(clientAddress) + " ";
        return new SessionLog(
                account -> tracing.level(account, clientAddress),
                (direction, text) -> add(session + direction + " " + text));
    }

    /** What is written, which may be changed while sessions run. */
    public Tracing tracing() {
        return tracing;
    }

    /** Lines that were not written since the start: the file failed, or the disk could not keep up. */
    public long lostLines() {
        return lost.get();
    }

    private void add(String line) {
        boolean added = !closed && waiting.offer(TIMESTAMP.format(clock.instant()) + line + "\n");
        if (!added) {
            lost.incrementAndGet();
        }
    }

    private void writeUntilStopped() {
        var batch = new ArrayList<String>(BATCH);
        boolean stopped = false;
        try (file) {
            while (!stopped) {
                batch.clear();
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH - 1);
                stopped = batch.removeIf(STOP::equals);
                write(batch);
            }
            write(List.copyOf(waiting));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<String> batch) {
        if (!batch.isEmpty()) {
            file.write(batch);
        }
    }

    /** Returns when every line that was logged before is in the file; a disk that hangs holds up the end for 20 s at most. */
    @Override
    public void close() {
        closed = true;
        if (!writer.isAlive()) {
            return;
        }
        try {
            boolean told = waiting.offer(STOP, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            boolean ended = writer.join(CLOSE_LIMIT);
            if (!told || !ended) {
                LOGGER.log(
                        Logger.Level.ERROR, "Protocol log cannot be closed; up to {0} lines are lost", waiting.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
