package org.signetmail.edge.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.content.StoredMessage;

class ArchiveTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-15T10:00:00Z"), ZoneOffset.UTC);
    private static final byte[] MESSAGE = "From: alice@example.test\r\n\r\nBody".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    @Test
    void writesTheOctetsUnderW() throws Exception {
        Path file = new Archive(directory, Optional.empty(), CLOCK, () -> 0xCAFE).write(StoredMessage.of(MESSAGE));
        assertEquals(directory.resolve("in/archive/W019BC11901000000CAFE"), file);
        assertArrayEquals(MESSAGE, Files.readAllBytes(file));
        assertEquals(List.of(), names("in/tmp"));
    }

    @Test
    void neverWritesOverAFile() throws Exception {
        var numbers = new AtomicInteger();
        var first = new Archive(directory, Optional.empty(), CLOCK, () -> 0).write(StoredMessage.of(MESSAGE));
        var second = new Archive(directory, Optional.empty(), CLOCK, numbers::getAndIncrement)
                .write(StoredMessage.of(new byte[] {'x'}));
        assertArrayEquals(MESSAGE, Files.readAllBytes(first));
        assertTrue(second.endsWith("W019BC119010000000001"), second.toString());
        assertThrows(
                ArchiveFailed.class,
                () -> new Archive(directory, Optional.empty(), CLOCK, () -> 0).write(StoredMessage.of(MESSAGE)));
        assertEquals(List.of(), names("in/tmp"));
    }

    @Test
    void edgesThatDrawTheSameNamesShareADirectory() throws Exception {
        var numbers = IntStream.range(0, 4).mapToObj(i -> new AtomicInteger()).toList();
        Set<Path> files = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> writes = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        var number = numbers.get(i % numbers.size());
                        return files.add(new Archive(directory, Optional.empty(), CLOCK, number::getAndIncrement)
                                .write(StoredMessage.of(new byte[] {(byte) i})));
                    })
                    .toList();
            for (Future<Boolean> write : threads.invokeAll(writes)) {
                assertTrue(write.get());
            }
        }
        assertEquals(8, names("in/archive").size());
    }

    /** Whoever reads the notification must be able to open the file: not relative to where the edge was started. */
    @Test
    void givesAPathThatCanBeOpened() throws Exception {
        Path relative = Path.of("").toAbsolutePath().relativize(directory);
        Path file = new Archive(relative).write(StoredMessage.of(MESSAGE));
        assertTrue(file.isAbsolute(), file.toString());
        assertArrayEquals(MESSAGE, Files.readAllBytes(file));
        Path shown = new Archive(directory, Optional.of(Path.of("/mnt/mail")), CLOCK, () -> 1)
                .write(StoredMessage.of(MESSAGE));
        assertEquals(Path.of("/mnt/mail/in/archive/W019BC119010000000001"), shown);
    }

    @Test
    void onlyOwnerAndGroupMayRead() throws Exception {
        Path file = new Archive(directory).write(StoredMessage.of(MESSAGE));
        assertEquals("rw-r-----", permissions(file));
        assertEquals("rwxr-x---", permissions(file.getParent()));
        assertEquals("rwxr-x---", permissions(directory.resolve("in")));
        assertEquals("rwxr-x---", permissions(directory.resolve("in/tmp")));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void failsWhereItCannotWriteAndRecovers() throws Exception {
        Files.writeString(directory.resolve("in"), "a file where a directory must be");
        var archive = new Archive(directory);
        assertThrows(ArchiveFailed.class, () -> archive.write(StoredMessage.of(MESSAGE)));
        Files.delete(directory.resolve("in"));
        assertTrue(archive.write(StoredMessage.of(MESSAGE))
                .getFileName()
                .toString()
                .matches("W[0-9A-F]{20}"));
    }

    private List<String> names(String below) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(below))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
