package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.edge.Await;

/**
 * Nothing takes a virtual thread off its processor but waiting. Clients that send faster than they can be served never let
 * the server wait; others must be served all the same.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FairnessTest {
    private static final int FLOODERS = 2 * Runtime.getRuntime().availableProcessors() + 2;
    private static final String GROUP = "RCPT TO:<bob@example.test>\r\n".repeat(4000);
    private static final long UNDER_WAY = 1_000_000;

    private final AtomicLong octetsRead = new AtomicLong();
    private final List<TestClient> flooders = new ArrayList<>();

    @Test
    void whoeverFloodsIsNotServedAlone() throws Exception {
        try (var fixture = new ServerFixture(SelfSigned.shared(), "drain-timeout", "0.5S")) {
            for (int i = 0; i < FLOODERS; i++) {
                TestClient flooder = fixture.connect().signIn().envelope();
                flooders.add(flooder);
                Thread.ofPlatform().daemon().start(() -> send(flooder));
                Thread.ofPlatform().daemon().start(() -> read(flooder));
            }
            Await.until("the flood is under way", () -> octetsRead.get() > UNDER_WAY);
            try (TestClient honest = fixture.connect().signIn().envelope()) {
                honest.ask("DATA");
                honest.send("From: alice@example.test\r\n\r\nHi\r\n.\r\n");
                assertEquals("250 Queued as test", honest.reply());
            }
        }
    }

    @AfterEach
    void endTheFlood() throws IOException {
        for (TestClient flooder : flooders) {
            flooder.close();
        }
    }

    private static void send(TestClient flooder) {
        try {
            while (true) {
                flooder.send(GROUP);
            }
        } catch (IOException _) {
            // It was closed.
        }
    }

    private void read(TestClient flooder) {
        byte[] octets = new byte[64 * 1024];
        try {
            int count = flooder.socket().getInputStream().read(octets);
            while (count > 0) {
                octetsRead.addAndGet(count);
                count = flooder.socket().getInputStream().read(octets);
            }
        } catch (IOException _) {
            // It was closed.
        }
    }
}
