package org.signetmail.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.signetmail.bench.noop.NoopServer;
import org.signetmail.bench.scenario.Load;

/** The load client against the server of the baseline, over real sockets. */
class LoadRunTest {
    @Test
    void everyMessageIsCountedOnce() throws Throwable {
        against(load(250), result -> {
            assertTrue(result.allExpected(), result.toString());
            assertEquals(45, result.messages());
            assertEquals(Map.of(250, 45L), result.replies());
            assertEquals(45, result.finalReply().count());
            assertEquals(45, result.transaction().count());
            assertTrue(result.signIn().count() >= 5, "ten messages a connection at most");
            assertFalse(result.cutShort());
        });
    }

    @Test
    void anotherReplyThanTheScenarioSaysIsNoGoodRun() throws Throwable {
        against(load(554), result -> {
            assertFalse(result.allExpected());
            assertEquals(0, result.messages());
            assertEquals(Map.of(250, 45L), result.replies());
            assertEquals(
                    45,
                    result.unexpected().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        });
    }

    private static Load load(int finalReply) {
        return new Load(
                3,
                10,
                45,
                2048,
                true,
                60,
                "alice",
                "alice-password",
                "alice@example.test",
                "alice@example.test",
                "bob@example.test",
                Load.AnsweredAt.CONTENT,
                finalReply);
    }

    private static void against(Load load, ThrowingConsumer<LoadResult> check) throws Throwable {
        try (NoopServer server = NoopServer.open(0)) {
            Thread.ofVirtual().start(() -> {
                try {
                    server.acceptUntilClosed();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            check.accept(LoadRun.against(server.port(), load));
        }
    }
}
