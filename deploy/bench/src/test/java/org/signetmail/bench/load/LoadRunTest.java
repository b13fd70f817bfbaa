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
import org.signetmail.bench.scenario.Senders;
import org.signetmail.bench.scenario.Submission;
import org.signetmail.bench.scenario.Submission.AnsweredAt;

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

    @Test
    void eachTenthMessageIsForged() throws Throwable {
        Submission honest = Submission.honest("alice@example.test");
        Submission forged = new Submission("alice@example.test", "ceo@example.test", AnsweredAt.CONTENT, 554);
        against(load(honest, forged, 10), result -> {
            assertEquals(41, result.messages(), "the server of the baseline takes the forged ones too");
            assertEquals(Map.of("final reply: 250 Thrown away", 4L), result.unexpected());
        });
    }

    private static Load load(int finalReply) {
        Submission all = new Submission("alice@example.test", "alice@example.test", AnsweredAt.CONTENT, finalReply);
        return load(all, all, 0);
    }

    private static Load load(Submission message, Submission forged, int forgedEvery) {
        return new Load(
                3,
                10,
                45,
                2048,
                true,
                Load.Tls.NONE,
                0,
                60,
                Senders.one("alice", "alice-password"),
                "bob@example.test",
                message,
                forged,
                forgedEvery);
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
            check.accept(LoadRun.against(Door.plain(server.port()), load, 0));
        }
    }
}
