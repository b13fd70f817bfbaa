package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.edge.Await;
import org.signetmail.edge.connection.SmtpServer.Kind;
import org.signetmail.edge.reply.Replies;
import org.signetmail.edge.session.Answer;

/** Connections through a proxy, on both listeners; and what a host that is none gets for pretending. */
@Timeout(value = 40, unit = TimeUnit.SECONDS)
class ProxyProtocolTest {
    private static final String LOOPBACK = "127.0.0.0/8";
    private static final String GREETING = "220 mail.example.test ESMTP Signet";
    private static final String CLIENT = "PROXY TCP4 192.0.2.7 198.51.100.1 56324 587\r\n";
    private static final byte[] CLIENT_V2 =
            HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000cc0000208c6336401dc0401d1");
    private static SelfSigned certificate;

    private ServerFixture fixture;
    private final AtomicReference<String> submitter = new AtomicReference<>("nobody");

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
        fixture.intake = submission -> {
            submitter.set(submission.client().getHostAddress());
            return Answer.of(Replies.accepted("test"));
        };
    }

    @Test
    void theClientsAddressIsWhatTheMessageIsFrom() throws Exception {
        start("proxy-networks", LOOPBACK);
        try (TestClient client = fixture.connect()) {
            client.send(CLIENT);
            submit(client);
        }
        assertEquals("192.0.2.7", submitter.get());
    }

    @Test
    void theHeaderComesBeforeTls() throws Exception {
        start("proxy-networks", LOOPBACK);
        try (TestClient client = TestClient.connect(fixture.server.port(Kind.SUBMISSIONS))) {
            client.socket().getOutputStream().write(CLIENT_V2);
            submit(client.inTls(certificate.context()));
        }
        assertEquals("192.0.2.8", submitter.get());
    }

    @Test
    void aHealthCheckKeepsTheProxysAddress() throws Exception {
        start("proxy-networks", LOOPBACK);
        try (TestClient client = fixture.connect()) {
            client.socket().getOutputStream().write(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a20000000"));
            submit(client);
        }
        assertEquals("127.0.0.1", submitter.get());
    }

    private static void submit(TestClient client) throws IOException {
        client.signIn().envelope().ask("DATA");
        client.send("From: alice@example.test\r\n\r\nHi\r\n.\r\n");
        assertEquals("250 Queued as test", client.reply());
    }

    @Test
    void aProxyThatSendsNoHeaderInTimeIsNotGreeted() throws Exception {
        start("proxy-networks", LOOPBACK, "proxy-timeout", "0.2S");
        try (TestClient silent = fixture.connect();
                TestClient slow = fixture.connect()) {
            slow.send("PROXY TCP4 192.0.2.7 ");
            assertEquals("", silent.reply());
            assertEquals("", slow.reply());
        }
        Await.until("both are counted", () -> fixture.count("proxy.headers.refused") == 2);
    }

    @Test
    void aProxyThatSendsAnythingElseIsNotGreeted() throws Exception {
        start("proxy-networks", LOOPBACK);
        try (TestClient client = fixture.connect()) {
            client.send("EHLO client.example.test\r\n");
            assertEquals("", client.reply());
        }
        Await.until("it is counted", () -> fixture.count("proxy.headers.refused") == 1);
    }

    @Test
    void nobodyElseMaySpeakForAClient() throws Exception {
        start("proxy-networks", "192.0.2.0/24");
        try (TestClient client = fixture.connect()) {
            assertEquals(GREETING, client.reply());
            assertEquals("500 Command unrecognized", client.ask(CLIENT.strip()));
        }
    }

    @Test
    void limitsCountTheClientsBehindTheProxy() throws Exception {
        start("proxy-networks", LOOPBACK, "max-connections-per-address", "1");
        try (TestClient first = fixture.connect();
                TestClient same = fixture.connect();
                TestClient other = fixture.connect()) {
            first.send("PROXY TCP6 2001:db8:0:1::1 2001:db8::2 1 2\r\n");
            assertEquals(GREETING, first.reply());
            same.send("PROXY TCP6 2001:db8:0:1:ffff::2 2001:db8::2 1 2\r\n");
            assertEquals("421 Too many connections from your address, try again later", same.reply());
            other.send("PROXY TCP6 2001:db8:0:2::1 2001:db8::2 1 2\r\n");
            assertEquals(GREETING, other.reply());
        }
    }
}
