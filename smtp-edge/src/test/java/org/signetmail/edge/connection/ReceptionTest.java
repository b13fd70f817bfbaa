package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.edge.Await;
import org.signetmail.edge.content.Storage;

/** Messages in chunks, beside what dialogues can say: their time, and what is given back when their client gives them up. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReceptionTest {
    private static final String CHUNK = "BDAT 100000\r\nFrom: alice@example.test\r\n\r\n" + "x".repeat(99_972);

    private final Storage storage = TestStorage.roomy(TestEdge.MAX_MESSAGE, 256 * 1024);

    @Test
    void smallTalkBetweenChunksDoesNotHoldAMessageForEver() throws Exception {
        try (var fixture = new ServerFixture(SelfSigned.shared(), "data-timeout", "2S", "min-data-rate", "1000000");
                TestClient client = fixture.connect().signIn().envelope()) {
            client.send(CHUNK);
            assertEquals("250 100000 octets received", client.reply());
            String reply = client.ask("BDAT 0");
            while (reply.equals("250 0 octets received")) {
                reply = client.ask("BDAT 0");
            }
            assertEquals("421 Timeout, closing transmission channel", reply);
        }
    }

    @Test
    void aMessageThatIsGivenUpGivesItsRoomBack() throws Exception {
        try (var fixture = new ServerFixture(SelfSigned.shared(), storage);
                TestClient client = fixture.connect().signIn()) {
            for (String end : new String[] {"RSET", "EHLO client.example.test", "BDAT 4\r\nx\ryz"}) {
                client.envelope();
                client.send(CHUNK);
                assertEquals("250 100000 octets received", client.reply());
                client.ask(end);
                awaitRoom();
            }
        }
    }

    @Test
    void aClientThatLeavesBetweenChunksGivesItsRoomBack() throws Exception {
        try (var fixture = new ServerFixture(SelfSigned.shared(), storage)) {
            try (TestClient client = fixture.connect().signIn().envelope()) {
                client.send(CHUNK);
                assertEquals("250 100000 octets received", client.reply());
            }
            awaitRoom();
        }
    }

    private void awaitRoom() {
        Await.until("the room is given back", () -> storage.memory().used() == 0);
    }
}
