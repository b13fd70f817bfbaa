package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.edge.Await;
import org.signetmail.edge.connection.SmtpServer.Kind;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;

/** Clients that are silent, slow, deaf or gone, errors of our own, and limits: every connection ends, most with a word. */
@Timeout(value = 40, unit = TimeUnit.SECONDS)
class ConnectionFaultsTest {
    private static final String TIMED_OUT = "421 Timeout, closing transmission channel";
    private static final String CONTENT = "From: alice@example.test\r\n\r\nHi\r\n.\r\n";

    private static final int TLS_ALERT = 21;

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

    private void start(String... settings) throws IOException {
        fixture = new ServerFixture(certificate, settings);
    }

    @Test
    void aSilentClientReads421() throws Exception {
        start("command-timeout", "0.5S");
        try (TestClient client = fixture.connect();
                TestClient secured = fixture.connectTls()) {
            client.reply();
            assertEquals(TIMED_OUT, client.reply());
            assertEquals("", client.reply());
            secured.reply();
            assertEquals(TIMED_OUT, secured.reply());
        }
        fixture.awaitConnections(0);
    }

    @Test
    void aClientThatIsSilentInItsMessageReads421() throws Exception {
        start("data-timeout", "0.1S");
        try (TestClient client = fixture.connect().signIn().envelope()) {
            client.ask("DATA");
            client.send("From: alice@example.test\r\n");
            assertEquals(TIMED_OUT, client.reply());
            assertEquals("", client.reply());
        }
    }

    @Test
    void aCommandThatComesAnOctetNowAndThenReads421() throws Exception {
        start("command-timeout", "0.3S");
        try (TestClient client = fixture.connect()) {
            client.reply();
            assertEquals(TIMED_OUT, dripping(client));
        }
    }

    @Test
    void aMessageThatComesAnOctetNowAndThenReads421() throws Exception {
        start("data-timeout", "0.3S");
        try (TestClient client = fixture.connect().signIn().envelope()) {
            client.ask("DATA");
            assertEquals(TIMED_OUT, dripping(client));
        }
    }

    /** Sends an octet whenever nothing was said for a moment. */
    private static String dripping(TestClient client) throws IOException {
        client.socket().setSoTimeout(20);
        while (true) {
            try {
                return client.reply();
            } catch (SocketTimeoutException _) {
                client.send("x");
            }
        }
    }

    @Test
    void aHandshakeThatDoesNotComeIsGivenUp() throws Exception {
        start("command-timeout", "0.1S");
        try (TestClient client = TestClient.connect(fixture.server.port(Kind.SUBMISSIONS))) {
            assertEquals("", client.reply());
        }
        fixture.awaitConnections(0);
        assertEquals(1, fixture.count("tls.failures"));
    }

    @Test
    void aHandshakeThatFailsBehindStarttlsIsCounted() throws Exception {
        start();
        try (TestClient client = fixture.connect()) {
            client.reply();
            client.ask("EHLO client.example.test");
            client.ask("STARTTLS");
            client.send("EHLO in the clear\r\n");
            fixture.awaitConnections(0);
        }
        assertEquals(1, fixture.count("tls.failures"));
    }

    @Test
    void aClientThatDoesNotReadIsCutOff() throws Exception {
        start("command-timeout", "0.5S");
        try (TestClient client = fixture.connect().signIn().envelope()) {
            Thread talking = Thread.ofVirtual().start(() -> talkUntilCut(client));
            Await.until("it is cut off", () -> fixture.count("connections.hung") == 1);
            fixture.awaitConnections(0);
            assertTrue(talking.join(Duration.ofSeconds(10)));
        }
    }

    private static void talkUntilCut(TestClient client) {
        try {
            while (true) {
                client.send("RCPT TO:<bob@example.test>\r\n".repeat(1000));
            }
        } catch (IOException _) {
            // That is what this test waits for.
        }
    }

    @Test
    void anErrorOfOursIs421AndCounted() throws Exception {
        start();
        fixture.authenticator = _ -> {
            throw new IllegalStateException("on demand");
        };
        try (TestClient client = fixture.connect()) {
            client.reply();
            client.ask("EHLO client.example.test");
            assertEquals(
                    "421 Local error, closing transmission channel",
                    client.ask("AUTH PLAIN AGFsaWNlAGFsaWNlLXBhc3N3b3Jk"));
            assertEquals("", client.reply());
        }
        fixture.awaitConnections(0);
        assertEquals(1, fixture.count("sessions.failed"));
    }

    @Test
    void anErrorWithAMessageInHandAcceptsNothing() throws Exception {
        start();
        fixture.intake = _ -> {
            throw new IllegalStateException("on demand");
        };
        try (TestClient client = fixture.connect().signIn().envelope()) {
            client.ask("DATA");
            client.send(CONTENT);
            assertEquals("421 Local error, closing transmission channel", client.reply());
        }
    }

    @Test
    void aClientThatLeavesBeforeItsAnswerLeavesNothingBehind() throws Exception {
        start();
        var gate = new Gate();
        fixture.intake = _ -> {
            gate.pass();
            return Answer.of(Replies.accepted("unheard"));
        };
        try (TestClient client = fixture.connect().signIn().envelope()) {
            client.ask("DATA");
            client.send(CONTENT);
            gate.awaitReached();
        }
        gate.open();
        fixture.awaitConnections(0);
        assertEquals(0, fixture.count("sessions.failed"));
    }

    @Test
    void aHalfClosedMessageIsNotAccepted() throws Exception {
        start();
        try (TestClient client = fixture.connect().signIn().envelope()) {
            client.ask("DATA");
            client.send("From: alice@example.test\r\n\r\nHi\r\n");
            client.socket().shutdownOutput();
            assertEquals("421 Message was cut off, closing transmission channel", client.reply());
        }
    }

    @Test
    void theLastReplyIsReadByAClientThatIsStillSending() throws Exception {
        start();
        try (TestClient client = fixture.connect().signIn().envelope()) {
            client.ask("DATA");
            client.send("From: alice@example.test\n" + "more\r\n".repeat(200_000));
            assertEquals("554 Bare CR, bare LF or NUL received", client.reply());
            assertEquals("", client.reply());
        }
        fixture.awaitConnections(0);
    }

    @Test
    void aConnectionOverTheLimitReads421() throws Exception {
        start("max-connections", "1");
        try (TestClient first = fixture.connect()) {
            first.reply();
            try (TestClient second = fixture.connect();
                    TestClient secured = TestClient.connect(fixture.server.port(Kind.SUBMISSIONS))) {
                assertEquals("421 Too many connections, try again later", second.reply());
                assertEquals("", second.reply());
                assertEquals("", secured.reply());
            }
            assertEquals(2, fixture.refused("total"));
        }
        fixture.awaitConnections(0);
        try (TestClient next = fixture.connect()) {
            assertEquals("220 mail.example.test ESMTP Signet", next.reply());
        }
    }

    @Test
    void aConnectionOverTheLimitOfItsAddressReads421() throws Exception {
        start("max-connections-per-address", "1");
        try (TestClient first = fixture.connect()) {
            first.reply();
            try (TestClient second = fixture.connect()) {
                assertEquals("421 Too many connections from your address, try again later", second.reply());
                assertEquals("", second.reply());
            }
            assertEquals(1, fixture.refused("address"));
        }
        fixture.awaitConnections(0);
        try (TestClient next = fixture.connect()) {
            assertEquals("220 mail.example.test ESMTP Signet", next.reply());
        }
    }

    @Test
    void anExemptNetworkHasNoLimitOfItsOwn() throws Exception {
        start("max-connections-per-address", "1", "exempt-networks", "192.0.2.0/24,127.0.0.0/8");
        try (TestClient first = fixture.connect();
                TestClient second = fixture.connect()) {
            first.reply();
            assertEquals("220 mail.example.test ESMTP Signet", second.reply());
        }
    }

    @Test
    void aRenewedCertificateIsUsedForNewConnections() throws Exception {
        start();
        var renewed = SelfSigned.create();
        fixture.renew(renewed);
        try (TestClient client = TestClient.connect(fixture.server.port(Kind.SUBMISSIONS))) {
            assertEquals(
                    "220 mail.example.test ESMTP Signet",
                    client.inTls(renewed.context()).reply());
        }
    }

    /** A client cannot tell a connection that was cut from one that ended, but by TLS' close_notify (RFC 5246 7.2.1). */
    @Test
    void aSessionBehindStarttlsEndsWithTheGoodbyeOfTls() throws Exception {
        start();
        var records = new ByteArrayOutputStream();
        try (var client = new TestClient(new RecordingSocket(fixture.server.port(Kind.SUBMISSION), records))) {
            client.reply();
            client.ask("EHLO client.example.test");
            client.ask("STARTTLS");
            records.reset();
            TestClient secured = client.inTls(certificate.context(), "TLSv1.2");
            secured.ask("QUIT");
            assertEquals("", secured.reply());
        }
        assertEquals(TLS_ALERT, lastRecordType(records.toByteArray()));
    }

    private static int lastRecordType(byte[] records) {
        int type = -1;
        for (int at = 0; at < records.length; at += 5 + ((records[at + 3] & 0xFF) << 8 | records[at + 4] & 0xFF)) {
            type = records[at];
        }
        return type;
    }

    /** Keeps what arrives. */
    private static final class RecordingSocket extends Socket {
        private final OutputStream records;

        private RecordingSocket(int port, OutputStream records) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
            this.records = records;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int octet = super.read();
                    if (octet >= 0) {
                        records.write(octet);
                    }
                    return octet;
                }

                @Override
                public int read(byte[] octets, int offset, int length) throws IOException {
                    int count = super.read(octets, offset, length);
                    records.write(octets, offset, Math.max(count, 0));
                    return count;
                }
            };
        }
    }

    @Test
    void aPortThatIsTakenLeavesNoListenerBehind() throws Exception {
        start();
        try (var taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());
            var failure = assertThrows(
                    IOException.class, () -> new ServerFixture(certificate, "host", "0.0.0.0", "tls-port", port));
            assertTrue(failure.getMessage().contains(port), failure.getMessage());
        }
    }
}
