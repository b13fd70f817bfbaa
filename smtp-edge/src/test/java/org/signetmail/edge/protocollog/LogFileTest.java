package org.signetmail.edge.protocollog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the file changes, and that no line is lost by it. */
class LogFileTest {
    private static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");

    @TempDir
    Path directory;

    private final AtomicLong lost = new AtomicLong();
    private Instant now = NOON;

    @Test
    void aFullFileMakesRoom() throws IOException {
        try (LogFile file = open(new Rotation(8, false, 2))) {
            for (String line : List.of("one\n", "two\n", "three\n", "four\n", "five\n")) {
                file.write(List.of(line));
            }
        }
        assertEquals("five\n", read("protocol.log"));
        assertEquals("four\n", read("protocol.log.1"));
        assertEquals("three\n", read("protocol.log.2"));
        assertFalse(Files.exists(directory.resolve("protocol.log.3")));
    }

    @Test
    void aDayBeginsAFile() throws IOException {
        try (LogFile file = open(new Rotation(1000, true, 3))) {
            file.write(List.of("monday\n"));
            file.write(List.of("monday, later\n"));
            now = now.plus(Duration.ofHours(12));
            file.write(List.of("tuesday\n"));
        }
        assertEquals("tuesday\n", read("protocol.log"));
        assertEquals("monday\nmonday, later\n", read("protocol.log.1"));
    }

    /** The day of a file that was there before is that of its last line. */
    @Test
    void aFileOfYesterdayIsNotContinued() throws IOException {
        Path path = Files.writeString(directory.resolve("protocol.log"), "yesterday\n");
        Files.setLastModifiedTime(path, FileTime.from(now.minus(Duration.ofDays(1))));
        try (LogFile file = open(new Rotation(1000, true, 3))) {
            file.write(List.of("today\n"));
        }
        assertEquals("today\n", read("protocol.log"));
        assertEquals("yesterday\n", read("protocol.log.1"));
    }

    /** logrotate renames the file and tells nobody. */
    @Test
    void aRenamedFileIsLeftAlone() throws IOException {
        try (LogFile file = open(Rotation.NONE)) {
            file.write(List.of("before\n"));
            Files.move(directory.resolve("protocol.log"), directory.resolve("protocol.log-20260115"));
            file.write(List.of("after\n"));
            Files.delete(directory.resolve("protocol.log"));
            file.write(List.of("after it was deleted\n"));
        }
        assertEquals("before\n", read("protocol.log-20260115"));
        assertEquals("after it was deleted\n", read("protocol.log"));
        assertEquals(0, lost.get());
    }

    @Test
    void whoKeepsNothingDoesNotRotate() throws IOException {
        try (LogFile file = open(new Rotation(1, true, 0))) {
            file.write(List.of("one\n"));
            file.write(List.of("two\n"));
        }
        assertEquals("one\ntwo\n", read("protocol.log"));
    }

    @Test
    void onlyOwnerAndGroupMayRead() throws IOException {
        try (LogFile file = open(Rotation.NONE)) {
            file.write(List.of("line\n"));
        }
        assertEquals(
                "rw-r-----",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("protocol.log"))));
    }

    private LogFile open(Rotation rotation) {
        return new LogFile(directory.resolve("protocol.log"), rotation, clock(), lost);
    }

    private Clock clock() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }
}
