package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.edge.Await;
import org.signetmail.edge.content.Budget;
import org.signetmail.edge.content.Storage;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;

/** When the room for messages is used up, clients wait: they are not read from, not timed out, and in the end not lost. */
@Timeout(value = 40, unit = TimeUnit.SECONDS)
class BackPressureTest {
    private static final int MAX_OCTETS = 512 * 1024;
    private static final Budget PLENTY = new Budget(1 << 30);
    private static final String NO_ROOM = "452 Insufficient system storage, try again later";
    private static final String LONG_MESSAGE = "From: alice@example.test\r\n\r\n" + "line\r\n".repeat(50_000) + ".\r\n";
    private static final String MESSAGE = "From: alice@example.test\r\n\r\nHi\r\n.\r\n";

    private static SelfSigned certificate;

    @TempDir
    private Path directory;

    private ServerFixture fixture;
    private final Gate gate = new Gate();

    @BeforeAll
    static void certificate() throws Exception {
        certificate = SelfSigned.shared();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void start(Budget memory, Budget disk, Duration limit, String... settings) throws IOException {
        var storage = new Storage(memory, disk, 64 * 1024, directory, MAX_OCTETS, 256 * 1024, limit);
        String[] all = Stream.concat(Stream.of("max-message-size", Integer.toString(MAX_OCTETS)), Stream.of(settings))
                .toArray(String[]::new);
        fixture = new ServerFixture(certificate, storage, all);
        fixture.intake = submission -> {
            gate.pass();
            return Answer.of(Replies.accepted(Long.toString(submission.content().size())));
        };
    }

    @Test
    void aClientThatWaitsForDiskIsNotTimedOut() throws Exception {
        start(PLENTY, new Budget(MAX_OCTETS), Duration.ofMinutes(1), "data-timeout", "0.3S", "command-timeout", "20S");
        try (TestClient first = fixture.connect().signIn().envelope();
                TestClient second = fixture.connect().signIn().envelope()) {
            first.ask("DATA");
            // Its message is whole, but as long as it is in hand there is no room for a second one.
            first.send(LONG_MESSAGE);
            gate.awaitReached();
            second.ask("DATA");
            Thread sending = sendingInBackground(second);
            Await.until("the second waits", () -> fixture.count("message.room.waits") == 1);
            long longerThanTheTimeout =
                    System.nanoTime() + Duration.ofMillis(500).toNanos();
            Await.until("a client's time would be over", () -> System.nanoTime() > longerThanTheTimeout);
            gate.open();
            assertEquals("250 Queued as 300028", first.reply());
            assertEquals("250 Queued as 300028", second.reply());
            assertTrue(sending.join(Duration.ofSeconds(10)));
        }
    }

    private static Thread sendingInBackground(TestClient client) {
        return Thread.ofVirtual().start(() -> {
            try {
                client.send(LONG_MESSAGE);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aLongMessageForWhichNoRoomComesReads452AtItsEnd() throws Exception {
        start(PLENTY, new Budget(MAX_OCTETS - 1024), Duration.ofMillis(1));
        gate.open();
        try (TestClient client = fixture.connect().signIn().envelope()) {
            client.ask("DATA");
            client.send(LONG_MESSAGE);
            assertEquals(NO_ROOM, client.reply());
            client.envelope().ask("DATA");
            client.send(MESSAGE);
            assertEquals("250 Queued as 32", client.reply());
        }
    }

    @Test
    void withoutMemoryDataReads452InsteadOf354() throws Exception {
        start(new Budget(1024), PLENTY, Duration.ofMillis(1));
        try (TestClient client = fixture.connect().signIn().envelope()) {
            assertEquals(NO_ROOM, client.ask("DATA"));
            assertEquals("250 Ok", client.ask("RSET"));
        }
        assertEquals(
                1,
                fixture.meters
                        .get("signet.edge.messages")
                        .tag("result", "deferred_no_room")
                        .counter()
                        .count());
    }

    @Test
    void everythingIsGivenBackWhateverBecomesOfAMessage() throws Exception {
        var memory = new Budget(1 << 20);
        var disk = new Budget(1 << 20);
        start(memory, disk, Duration.ofSeconds(10));
        gate.open();
        String body = "From: alice@example.test\r\n\r\n" + "line\r\n".repeat(30_000);
        for (String content :
                new String[] {body + ".\r\n", body + "bare\n", "x".repeat(MAX_OCTETS + 1) + "\r\n.\r\n"}) {
            try (TestClient client = fixture.connect().signIn().envelope()) {
                client.ask("DATA");
                client.send(content);
                client.reply();
            }
        }
        try (TestClient leaving = fixture.connect().signIn().envelope()) {
            leaving.ask("DATA");
            leaving.send(body);
        }
        fixture.intake = _ -> {
            throw new IllegalStateException("on demand");
        };
        try (TestClient client = fixture.connect().signIn().envelope()) {
            client.ask("DATA");
            client.send(body + ".\r\n");
            assertEquals("421 Local error, closing transmission channel", client.reply());
        }
        fixture.awaitConnections(0);
        assertEquals(0, memory.used());
        assertEquals(0, disk.used());
        assertEquals(0, directory.toFile().list().length);
    }
}
