package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.signetmail.edge.protocollog.Level;
import org.signetmail.edge.protocollog.ProtocolLog;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;
import org.signetmail.local.dialogue.Dialogue;
import org.signetmail.local.dialogue.DialoguePlayer;
import org.signetmail.local.dialogue.SocketPeer;

/** Plays every dialogue of src/test/resources/dialogues, in memory and over TCP. Every message is accepted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DialogueTest {
    private static final Path DIALOGUES = Path.of("src/test/resources/dialogues");

    private TestEdge edge;
    private Listener listener;
    private SelfSigned certificate;

    @BeforeAll
    void listen() throws Exception {
        edge = new TestEdge(
                _ -> Answer.of(Replies.accepted("test")), ProtocolLog.open(Level.NONE, Path.of("target/unused.log")));
        certificate = SelfSigned.shared();
        listener = new Listener("dialogues", "127.0.0.1", 0, this::serve);
        listener.start();
    }

    @AfterAll
    void close() throws IOException {
        listener.close();
    }

    private void serve(AcceptedSocket socket) {
        try {
            edge.serve(new SocketWire(socket, Optional.of(ServerTls.of(certificate.context()))))
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @TestFactory
    Stream<DynamicTest> inMemory() {
        return dialogues().stream()
                .map(dialogue -> DynamicTest.dynamicTest(dialogue.name(), () -> {
                    var wire = new MemoryWire();
                    Thread server = edge.serve(wire);
                    new DialoguePlayer(dialogue).play(wire);
                    wire.hangUp();
                    assertTrue(server.join(Duration.ofSeconds(10)), "the connection did not end");
                }));
    }

    @TestFactory
    Stream<DynamicTest> overTcp() {
        return dialogues().stream()
                .map(dialogue -> DynamicTest.dynamicTest(dialogue.name(), () -> {
                    try (var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                        new DialoguePlayer(dialogue).play(new SocketPeer(socket, certificate.context()));
                    }
                }));
    }

    private static List<Dialogue> dialogues() {
        return Dialogue.below(DIALOGUES);
    }
}
