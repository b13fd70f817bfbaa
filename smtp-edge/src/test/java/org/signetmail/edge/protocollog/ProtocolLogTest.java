package org.signetmail.edge.protocollog;

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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolLogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-15T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    @Test
    void appendsOneLineEach() throws IOException {
        Path path = directory.resolve("protocol.log");
        for (int i = 0; i < 2; i++) {
            try (var log = ProtocolLog.open(Level.MEDIUM, path, Rotation.NONE, CLOCK)) {
                log.session("s" + i, "2001:db8::10").client("NOOP");
            }
        }
        assertEquals(
                List.of(
                        "2026-01-15T10:00:00.000Z s0 2001:db8::10 <<< NOOP",
                        "2026-01-15T10:00:00.000Z s1 2001:db8::10 <<< NOOP"),
                Files.readAllLines(path));
    }

    @Test
    void keepsEveryLineOfManySessionsWhole() throws Exception {
        Path path = directory.resolve("protocol.log");
        var log = ProtocolLog.open(Level.MEDIUM, path, Rotation.NONE, CLOCK);
        var threads = IntStream.range(0, 100)
                .mapToObj(i -> Thread.startVirtualThread(() -> {
                    SessionLog session = log.session("s" + i, "192.0.2.10");
                    IntStream.range(0, 100).forEach(line -> session.client("NOOP " + "x".repeat(line)));
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        log.close();
        List<String> lines = Files.readAllLines(path);
        assertEquals(10_000, lines.size());
        assertTrue(lines.stream()
                .allMatch(line -> line.matches("2026-01-15T10:00:00\\.000Z s\\d+ 192\\.0\\.2\\.10 <<< NOOP x*")));
        assertEquals(0, log.lostLines());
    }

    @Test
    void countsWhatAFailingFileLosesAndRecovers() throws Exception {
        Path path = directory.resolve("missing/protocol.log");
        try (var log = ProtocolLog.open(Level.MEDIUM, path, Rotation.NONE, CLOCK)) {
            SessionLog session = log.session("s", "192.0.2.10");
            session.client("NOOP 1");
            awaitLost(log, 1);
            session.client("NOOP 2");
            awaitLost(log, 2);
            Files.createDirectory(path.getParent());
            session.client("NOOP 3");
        }
        assertEquals(List.of("2026-01-15T10:00:00.000Z s 192.0.2.10 <<< NOOP 3"), Files.readAllLines(path));
    }

    @Test
    void levelNoneTouchesNoFile() {
        Path path = directory.resolve("protocol.log");
        try (var log = ProtocolLog.open(Level.NONE, path)) {
            log.session("s", "192.0.2.10").event("connected");
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void countsLinesBehindTheEnd() {
        var log = ProtocolLog.open(Level.MEDIUM, directory.resolve("protocol.log"), Rotation.NONE, CLOCK);
        log.close();
        log.close();
        log.session("s", "192.0.2.10").client("NOOP");
        assertEquals(1, log.lostLines());
    }

    private static void awaitLost(ProtocolLog log, long lines) throws InterruptedException {
        Instant limit = Instant.now().plus(Duration.ofSeconds(5));
        var never = new CountDownLatch(1);
        while (log.lostLines() < lines && Instant.now().isBefore(limit)) {
            assertFalse(never.await(5, TimeUnit.MILLISECONDS));
        }
        assertEquals(lines, log.lostLines());
    }
}
