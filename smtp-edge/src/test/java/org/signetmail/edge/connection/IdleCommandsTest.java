package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.edge.fuzz.FlightWire;
import org.signetmail.edge.protocollog.Level;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;

/** Commands that are refused to nobody must not keep a server busy for ever. */
class IdleCommandsTest {
    private static final String MESSAGE =
            "AUTH PLAIN AGFsaWNlAGFsaWNlLXBhc3N3b3Jk\r\nMAIL FROM:<>\r\nRCPT TO:<bob@example.test>\r\nDATA\r\n";
    private static final String LAST = "421 Too many commands without a message, closing transmission channel";

    @ParameterizedTest
    @ValueSource(strings = {"NOOP", "RSET", "HELP", "EHLO again.example.test", "HELO again.example.test"})
    void aHundredWithoutAMessageEndTheSession(String command) throws Exception {
        List<String> replies = play("EHLO client.example.test\r\n", (command + "\r\n").repeat(150));
        assertEquals(LAST, replies.getLast());
        assertEquals(1 + 100 + 1, replies.size(), "greeting, a hundred replies, and the last");
    }

    @ParameterizedTest
    @ValueSource(strings = "NOOP")
    void anAcceptedMessageBeginsAnew(String command) throws Exception {
        String many = (command + "\r\n").repeat(90);
        List<String> replies =
                play("EHLO client.example.test\r\n", many, MESSAGE, "From: a@b.test\r\n\r\n.\r\n", many, "QUIT\r\n");
        assertEquals("221 Service closing transmission channel", replies.getLast());
    }

    private static List<String> play(String... flights) throws Exception {
        Deque<String> left = new ArrayDeque<>(List.of(flights));
        var wire = new FlightWire(_ -> left.poll());
        new TestEdge(
                        _ -> Answer.of(Replies.accepted("test")),
                        ProtocolLog.open(Level.NONE, Path.of("target/unused.log")))
                .serve(wire)
                .join();
        return wire.replies().lines().filter(line -> line.charAt(3) == ' ').toList();
    }
}
