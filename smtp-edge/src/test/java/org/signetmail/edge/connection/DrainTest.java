package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.edge.auth.Authentication;
import org.signetmail.edge.connection.SmtpServer.Kind;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;

/** A server that stops: nobody is cut off who can be served within the time, and nobody is told a wrong thing. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class DrainTest {
    private static final String SHUTTING_DOWN = "421 Service shutting down, closing transmission channel";
    private static final String CONTENT = "From: alice@example.test\r\n\r\nHi\r\n.\r\n";
    private static final Duration SOON = Duration.ofSeconds(10);

    private static SelfSigned certificate;

    private ServerFixture fixture;

    @BeforeAll
    static void certificate() throws Exception {
        certificate = SelfSigned.shared();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void start(String drainTimeout) throws IOException {
        fixture = new ServerFixture(certificate, "drain-timeout", drainTimeout);
    }

    @Test
    void idleSessionsRead421AtOnce() throws Exception {
        start("20S");
        try (TestClient fresh = fixture.connect();
                TestClient signedIn = fixture.connect().signIn()) {
            fresh.reply();
            Thread stopping = fixture.stopping();
            assertEquals(SHUTTING_DOWN, fresh.reply());
            assertEquals("", fresh.reply());
            assertEquals(SHUTTING_DOWN, signedIn.reply());
            assertTrue(stopping.join(SOON));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void insideTlsToo(String protocol) throws Exception {
        start("20S");
        try (TestClient client = fixture.connect()) {
            client.reply();
            client.ask("EHLO client.example.test");
            client.ask("STARTTLS");
            TestClient secured = client.inTls(certificate.context(), protocol);
            secured.ask("EHLO client.example.test");
            Thread stopping = fixture.stopping();
            assertEquals(SHUTTING_DOWN, secured.reply());
            assertEquals("", secured.reply());
            assertTrue(stopping.join(SOON));
        }
    }

    @Test
    void noNewConnectionIsTakenAndReadinessIsDown() throws Exception {
        start("20S");
        var readiness = new SmtpReadiness(fixture.server);
        assertEquals("UP", readiness.call().getStatus().name());
        int port = fixture.server.port(Kind.SUBMISSION);
        try (TestClient client = fixture.connect().signIn().envelope()) {
            Thread stopping = fixture.stopping();
            assertEquals("DOWN", readiness.call().getStatus().name());
            assertThrows(ConnectException.class, () -> TestClient.connect(port));
            client.ask("RSET");
            assertTrue(stopping.join(SOON));
        }
    }

    @Test
    void aTransactionUnderWayEndsWithItsAnswer() throws Exception {
        start("20S");
        try (TestClient client = fixture.connect().signIn().envelope()) {
            Thread stopping = fixture.stopping();
            assertEquals("354 Start mail input; end with <CRLF>.<CRLF>", client.ask("DATA"));
            client.send(CONTENT);
            assertEquals("250 Queued as test", client.reply());
            assertEquals(SHUTTING_DOWN, client.reply());
            assertEquals("", client.reply());
            assertTrue(stopping.join(SOON));
        }
    }

    @Test
    void contentUnderWayEndsWithItsAnswer() throws Exception {
        start("20S");
        fixture.intake = _ -> Answer.of(Replies.ORIGINATOR_REFUSED);
        try (TestClient client = fixture.connect().signIn().envelope()) {
            client.ask("DATA");
            client.send("From: ceo@exam");
            Thread stopping = fixture.stopping();
            client.send("ple.test\r\n\r\nHi\r\n.\r\n");
            assertEquals("554 Originator address does not match authentication credentials", client.reply());
            assertEquals(SHUTTING_DOWN, client.reply());
            assertTrue(stopping.join(SOON));
        }
    }

    @Test
    void aMessageThatIsBeingJudgedIsAnswered() throws Exception {
        start("20S");
        var gate = new Gate();
        fixture.intake = _ -> {
            gate.pass();
            return Answer.of(Replies.accepted("late"));
        };
        try (TestClient client = fixture.connect().signIn().envelope()) {
            client.ask("DATA");
            client.send(CONTENT);
            gate.awaitReached();
            Thread stopping = fixture.stopping();
            gate.open();
            assertEquals("250 Queued as late", client.reply());
            assertEquals(SHUTTING_DOWN, client.reply());
            assertTrue(stopping.join(SOON));
        }
    }

    @Test
    void aSaslExchangeIsNotATransaction() throws Exception {
        start("20S");
        try (TestClient client = fixture.connect()) {
            client.reply();
            client.ask("EHLO client.example.test");
            assertEquals("334 VXNlcm5hbWU6", client.ask("AUTH LOGIN"));
            fixture.stopping();
            assertEquals(SHUTTING_DOWN, client.reply());
        }
    }

    @Test
    void aPasswordThatIsBeingCheckedIsAnswered() throws Exception {
        start("20S");
        var gate = new Gate();
        fixture.authenticator = credentials -> {
            gate.pass();
            return new Authentication.Granted(credentials.login());
        };
        try (TestClient client = fixture.connect()) {
            client.reply();
            client.ask("EHLO client.example.test");
            client.send("AUTH PLAIN AGFsaWNlAGFsaWNlLXBhc3N3b3Jk\r\n");
            gate.awaitReached();
            fixture.stopping();
            gate.open();
            assertEquals("235 Authentication successful", client.reply());
            assertEquals(SHUTTING_DOWN, client.reply());
        }
    }

    @Test
    void whoDoesNotGoOnIsToldSoWhenTheTimeIsUp() throws Exception {
        start("0.2S");
        var gate = new Gate();
        fixture.intake = _ -> {
            gate.pass();
            return Answer.of(Replies.accepted("too late"));
        };
        try (TestClient inTransaction = fixture.connect().signIn().envelope();
                TestClient inContent = fixture.connect().signIn().envelope();
                TestClient judged = fixture.connect().signIn().envelope()) {
            inContent.ask("DATA");
            inContent.send("From: alice@");
            judged.ask("DATA");
            judged.send(CONTENT);
            gate.awaitReached();
            Thread stopping = fixture.stopping();
            assertEquals(SHUTTING_DOWN, inTransaction.reply());
            assertEquals(SHUTTING_DOWN, inContent.reply());
            assertTrue(stopping.join(SOON));
            assertThrowsOrEnds(judged);
        } finally {
            gate.open();
        }
    }

    @Test
    void aHandshakeThatDoesNotGoOnDoesNotHoldTheStop() throws Exception {
        start("60S");
        try (TestClient silent = TestClient.connect(fixture.server.port(Kind.SUBMISSIONS))) {
            fixture.awaitConnections(1);
            Thread stopping = fixture.stopping();
            assertTrue(stopping.join(Duration.ofSeconds(25)));
            assertEquals("", silent.reply());
        }
    }

    /** The stop did not wait for it, and it was told nothing. */
    private static void assertThrowsOrEnds(TestClient client) {
        String said;
        try {
            said = client.reply();
        } catch (IOException _) {
            said = "";
        }
        assertFalse(said.startsWith("2"), said);
    }
}
