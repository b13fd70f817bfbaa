package org.signetmail.edge.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the archive gives up, and in which order. */
class RetentionTest {
    private static final Clock NOW = Clock.fixed(Instant.parse("2026-01-31T10:00:00Z"), ZoneOffset.UTC);
    private static final Duration FOR_EVER = Duration.ZERO;

    @TempDir
    Path directory;

    @Test
    void whatIsTooOldGoes() throws IOException {
        copy(31, 0, 10);
        copy(30, 0, 10);
        copy(1, 0, 10);
        var retention = retention(Duration.ofDays(30), 0);
        assertTrue(retention.sweep());
        assertEquals(List.of(name(30, 0), name(1, 0)), names("archive"));
        assertEquals(20, retention.octets());
        assertEquals(1, retention.deleted());
    }

    @Test
    void theOldestGoUntilTheRestFits() throws IOException {
        copy(1, 2, 400);
        copy(3, 0, 400);
        copy(1, 1, 400);
        copy(2, 0, 400);
        assertTrue(retention(FOR_EVER, 1000).sweep());
        assertEquals(List.of(name(1, 1), name(1, 2)), names("archive"));
    }

    @Test
    void whoWantsAllKeepsAll() throws IOException {
        copy(10_000, 0, 1);
        assertTrue(retention(FOR_EVER, 0).sweep());
        assertEquals(List.of(name(10_000, 0)), names("archive"));
    }

    @Test
    void whatIsNotOursStays() throws IOException {
        copy(31, 0, 10);
        Files.writeString(directory.resolve("in/archive/notes.txt"), "kept by somebody");
        Files.writeString(directory.resolve("in/archive/W019B00000000"), "not one of ours");
        assertTrue(retention(Duration.ofDays(1), 1).sweep());
        assertEquals(List.of("W019B00000000", "notes.txt"), names("archive"));
    }

    @Test
    void whatAnEdgeLeftUnfinishedGoesAfterADay() throws IOException {
        Files.createDirectories(directory.resolve("in/tmp"));
        Files.writeString(directory.resolve("in/tmp").resolve(name(2, 0)), "From: al");
        Files.writeString(directory.resolve("in/tmp").resolve(name(0, 0)), "From: al");
        assertTrue(retention(FOR_EVER, 0).sweep());
        assertEquals(List.of(name(0, 0)), names("tmp"));
    }

    @Test
    void nothingIsThereYet() throws IOException {
        assertTrue(retention(Duration.ofDays(1), 1).sweep());
    }

    /** The work of a sweep is bounded; the next one goes on. */
    @Test
    void whoIsFarBehindGoesOnInTheNextSweep() throws IOException {
        for (int i = 0; i <= Retention.MOST_AT_ONCE; i++) {
            copy(40, i, 0);
        }
        var retention = retention(Duration.ofDays(30), 0);
        assertFalse(retention.sweep());
        assertEquals(List.of(name(40, Retention.MOST_AT_ONCE)), names("archive"));
        assertTrue(retention.sweep());
        assertEquals(List.of(), names("archive"));
    }

    private Retention retention(Duration keepFor, long maxOctets) {
        return new Retention(directory, keepFor, maxOctets, NOW);
    }

    private static String name(int daysAgo, int number) {
        return "W%012X%08X"
                .formatted(NOW.instant().minus(Duration.ofDays(daysAgo)).toEpochMilli(), number);
    }

    private void copy(int daysAgo, int number, int size) throws IOException {
        Path archive = Files.createDirectories(directory.resolve("in/archive"));
        Files.write(archive.resolve(name(daysAgo, number)), new byte[size]);
    }

    private List<String> names(String below) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("in").resolve(below))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
