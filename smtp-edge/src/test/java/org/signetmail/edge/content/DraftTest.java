package org.signetmail.edge.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.edge.Await;
import org.signetmail.edge.content.Draft.State;

/** Messages in memory and in files, and what happens when there is no room for either. */
class DraftTest {
    private static final int KIB = 1024;
    private static final int SPILL_ABOVE = 64 * KIB;
    private static final int MAX_OCTETS = 1024 * KIB;
    private static final int MAX_HEADER_OCTETS = 256 * KIB;

    private final Budget memory = new Budget(1024 * KIB);
    private final Budget disk = new Budget(2 * MAX_OCTETS);
    private final Path directory;
    private final Storage storage;

    DraftTest(@TempDir Path directory) {
        this.directory = directory;
        this.storage = storage(directory, Duration.ofMillis(1));
    }

    private Storage storage(Path spillDirectory, Duration limit) {
        return new Storage(memory, disk, SPILL_ABOVE, spillDirectory, MAX_OCTETS, MAX_HEADER_OCTETS, limit);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 0", "10, 65000", "10, 70000", "10, 900000", "70000, 10", "200000, 800000", "262000, 0"})
    void whatIsReadIsWhatIsKept(int headerOctets, int bodyOctets) throws IOException {
        byte[] octets = message(headerOctets, bodyOctets);
        try (Draft draft = write(octets)) {
            StoredMessage message = draft.complete().orElseThrow();
            assertEquals(octets.length, message.size());
            assertEquals(headerOctets + 2, message.header().length);
            var copy = new ByteArrayOutputStream();
            message.writeTo(Channels.newChannel(copy));
            assertArrayEquals(octets, copy.toByteArray());
            assertArrayEquals(octets, message.part(0, Integer.MAX_VALUE));
            for (int part = 1; part < 200_000; part += 33_333) {
                assertArrayEquals(octets, inParts(message, part));
            }
            boolean spilled = octets.length > SPILL_ABOVE && bodyOctets > 0 && octets.length > 262_144;
            assertTrue(!spilled || memory.used() < headerOctets + 40L * KIB, () -> "memory: " + memory.used());
        }
        assertNothingIsLeft();
    }

    private static byte[] inParts(StoredMessage message, int length) throws IOException {
        var octets = new ByteArrayOutputStream();
        for (long at = 0; at < message.size(); at += length) {
            octets.writeBytes(message.part(at, length));
        }
        return octets.toByteArray();
    }

    @Test
    void aLongMessageNeedsNoMemoryButForItsHeader() throws IOException {
        var drafts = new ArrayList<Draft>();
        for (int i = 0; i < 2; i++) {
            drafts.add(write(message(100, MAX_OCTETS - 200)));
        }
        assertTrue(memory.used() <= 2 * 2 * SpillFile.BUFFER, () -> "memory: " + memory.used());
        assertEquals(2 * MAX_OCTETS, disk.used());
        try (Stream<Path> names = Files.list(directory)) {
            assertEquals(0, names.count(), "a spilled message has no name that could stay behind");
        }
        drafts.forEach(Draft::close);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"10, 1100000, TOO_BIG", "262145, 0, HEADER_TOO_BIG", "262144, 0, FITS", "10, 1048564, FITS"})
    void limits(int headerOctets, int bodyOctets, State expected) {
        try (Draft draft = write(message(headerOctets, bodyOctets))) {
            assertEquals(expected, draft.state());
        }
        assertNothingIsLeft();
    }

    @Test
    void withoutMemoryNobodyBegins() {
        try (Budget.Share others = memory.share()) {
            assertTrue(others.growAtOnce(1000 * KIB));
            try (Draft draft = storage.draft(Storage.Waits.UNNOTICED)) {
                assertEquals(State.NO_ROOM, draft.state());
            }
        }
        assertNothingIsLeft();
    }

    @Test
    void whoHasBegunSpillsEarlyWhenMemoryIsShort() throws IOException {
        byte[] octets = message(100, 60 * KIB);
        try (Budget.Share others = memory.share();
                Draft draft = storage.draft(Storage.Waits.UNNOTICED)) {
            assertTrue(others.growAtOnce(992 * KIB));
            for (byte octet : octets) {
                draft.append(octet & 0xFF);
            }
            assertArrayEquals(octets, draft.complete().orElseThrow().part(0, Integer.MAX_VALUE));
            assertTrue(disk.used() > 0);
        }
        assertNothingIsLeft();
    }

    @Test
    void withoutDiskALongMessageIsGivenUp() {
        try (Budget.Share others = disk.share()) {
            assertTrue(others.growAtOnce(MAX_OCTETS + 1));
            try (Draft draft = write(message(100, 100 * KIB))) {
                assertEquals(State.NO_ROOM, draft.state());
                assertEquals(0, memory.used());
            }
        }
        assertNothingIsLeft();
    }

    @Test
    void aDirectoryThatIsNotThereIsNoRoom() {
        Storage nowhere = storage(directory.resolve("missing"), Duration.ofMillis(1));
        try (Draft draft = nowhere.draft(Storage.Waits.UNNOTICED)) {
            write(draft, message(100, 100 * KIB));
            assertEquals(State.NO_ROOM, draft.state());
        }
        assertNothingIsLeft();
    }

    @Test
    void whoWaitsGoesOnWhenThereIsRoom() throws Exception {
        var told = new ArrayList<String>();
        var waits = new Storage.Waits() {
            @Override
            public void begin() {
                told.add("begin");
            }

            @Override
            public void end() {
                told.add("end");
            }
        };
        Budget.Share others = disk.share();
        assertTrue(others.growAtOnce(2 * MAX_OCTETS));
        var states = new ArrayList<State>();
        Thread reader = Thread.ofVirtual().start(() -> {
            try (Draft draft = storage(directory, Duration.ofMinutes(1)).draft(waits)) {
                write(draft, message(100, 100 * KIB));
                states.add(draft.state());
            }
        });
        Await.until("it waits", () -> reader.getState() == Thread.State.TIMED_WAITING);
        others.close();
        reader.join();
        assertEquals(List.of(State.FITS), states);
        assertEquals(List.of("begin", "end"), told);
        assertNothingIsLeft();
    }

    @Test
    void leftOversAreTakenAwayAtTheStart() throws IOException {
        Path leftOver = Files.createFile(directory.resolve(SpillFile.PREFIX + "of-another-process"));
        Path other = Files.createFile(directory.resolve("not-ours"));
        storage.prepare();
        assertFalse(Files.exists(leftOver));
        assertTrue(Files.exists(other));
    }

    private Draft write(byte[] octets) {
        Draft draft = storage.draft(Storage.Waits.UNNOTICED);
        write(draft, octets);
        return draft;
    }

    private static void write(Draft draft, byte[] octets) {
        for (byte octet : octets) {
            draft.append(octet & 0xFF);
        }
    }

    private void assertNothingIsLeft() {
        assertEquals(0, memory.used());
        assertEquals(0, disk.used());
    }

    /** A header of so many octets (none, or two at least), the empty line, a body. */
    private static byte[] message(int headerOctets, int bodyOctets) {
        var text = new StringBuilder();
        if (headerOctets > 0) {
            text.append("h".repeat(headerOctets - 2)).append("\r\n");
        }
        text.append("\r\n");
        for (int i = 0; i < bodyOctets; i++) {
            text.append((char) ('a' + i % 26));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
