package org.signetmail.edge.archive;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Keeps the archive within age and size: the oldest copies go first. Their names tell their age. It deletes nothing that
 * has another name, and in one sweep no more than {@value #MOST_AT_ONCE} files; many edges may sweep one directory.
 */
public final class Retention {
    static final int MOST_AT_ONCE = 10_000;

    private static final Logger LOGGER = System.getLogger(Retention.class.getName());
    private static final Pattern OURS = Pattern.compile("W([0-9A-F]{12})[0-9A-F]{8}");
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final Duration INTERVAL_WHEN_BEHIND = Duration.ofSeconds(1);

    /** No edge takes that long to write a file; what is older was left by one that died. */
    private static final Duration UNFINISHED = Duration.ofDays(1);

    private final Path archive;
    private final Path unfinished;
    private final Duration keepFor;
    private final long maxOctets;
    private final Clock clock;
    private final AtomicLong octets = new AtomicLong();
    private final AtomicLong deleted = new AtomicLong();
    private boolean failing;

    /**
     * Says what is kept.
     *
     * @param directory the archive's
     * @param keepFor zero for ever
     * @param maxOctets of all copies together; zero without limit
     */
    public Retention(Path directory, Duration keepFor, long maxOctets) {
        this(directory, keepFor, maxOctets, Clock.systemUTC());
    }

    Retention(Path directory, Duration keepFor, long maxOctets, Clock clock) {
        archive = directory.resolve("in", "archive");
        unfinished = directory.resolve("in", "tmp");
        this.keepFor = keepFor;
        this.maxOctets = maxOctets == 0 ? Long.MAX_VALUE : maxOctets;
        this.clock = clock;
    }

    private record Copy(Path file, Instant writtenAt, long size) {
        private String name() {
            return file.getFileName().toString();
        }
    }

    /** Size of the archive when it was last looked at. */
    public long octets() {
        return octets.get();
    }

    /** Copies that were deleted since the start. */
    public long deleted() {
        return deleted.get();
    }

    /** Sweeps now and then, for as long as the service runs. */
    public void start() {
        Thread.ofVirtual().name("archive-retention").start(() -> {
            while (pause(sweepOrSayWhyNot() ? INTERVAL : INTERVAL_WHEN_BEHIND)) {
                // Until the thread is interrupted.
            }
        });
    }

    private boolean sweepOrSayWhyNot() {
        try {
            boolean done = sweep();
            failing = false;
            return done;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                LOGGER.log(Logger.Level.ERROR, "Old copies in " + archive + " cannot be deleted", e);
            }
            failing = true;
            return true;
        }
    }

    /** Gives whether all is deleted that has to go; else there is more than one sweep may delete. */
    boolean sweep() throws IOException {
        deleteLeftovers();
        var oldest = new PriorityQueue<Copy>(Comparator.comparing(Copy::name).reversed());
        var total = new AtomicLong();
        forEach(archive, copy -> {
            total.addAndGet(copy.size());
            oldest.add(copy);
            if (oldest.size() > MOST_AT_ONCE) {
                oldest.remove(); // the newest of them
            }
        });
        Deque<Copy> inOrder = new ArrayDeque<>();
        while (!oldest.isEmpty()) {
            inOrder.addFirst(oldest.remove());
        }
        int candidates = inOrder.size();
        while (!inOrder.isEmpty() && mustGo(inOrder.getFirst(), total.get())) {
            Copy copy = inOrder.removeFirst();
            if (Files.deleteIfExists(copy.file())) {
                deleted.incrementAndGet();
            }
            total.addAndGet(-copy.size());
        }
        octets.set(total.get());
        return candidates < MOST_AT_ONCE || !inOrder.isEmpty();
    }

    private boolean mustGo(Copy copy, long total) {
        return total > maxOctets || isOlderThan(keepFor, copy);
    }

    private boolean isOlderThan(Duration age, Copy copy) {
        return !age.isZero() && copy.writtenAt().plus(age).isBefore(clock.instant());
    }

    private void deleteLeftovers() throws IOException {
        var leftovers = new ArrayDeque<Path>();
        forEach(unfinished, part -> {
            if (isOlderThan(UNFINISHED, part) && leftovers.size() < MOST_AT_ONCE) {
                leftovers.add(part.file());
            }
        });
        for (Path leftover : leftovers) {
            Files.deleteIfExists(leftover);
        }
    }

    private static void forEach(Path directory, Consumer<Copy> consumer) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                var name = OURS.matcher(file.getFileName().toString());
                if (name.matches()) {
                    consumer.accept(
                            new Copy(file, Instant.ofEpochMilli(Long.parseLong(name.group(1), 16)), sizeOf(file)));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            // Nothing was archived yet.
        }
    }

    /** Nothing for a file that another edge deleted meanwhile. */
    private static long sizeOf(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException _) {
            return 0;
        }
    }

    private static boolean pause(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
