package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.util.TlsServerEndpoint;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.edge.auth.FakeAccounts;
import org.signetmail.edge.connection.SmtpServer.Kind;

/** SCRAM-SHA-256-PLUS as a client of another's making runs it, bound to a real TLS connection. */
class ScramOverTlsTest {
    private static final String GRANTED = "235 Authentication successful";
    private static final String DENIED = "535 Authentication credentials invalid";

    private SelfSigned certificate;
    private ServerFixture fixture;

    @BeforeEach
    void start() throws Exception {
        certificate = SelfSigned.shared();
        fixture = new ServerFixture(certificate);
        var accounts = new FakeAccounts();
        fixture.authenticator = credentials -> accounts.authenticate(credentials, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, tls-exporter, 235",
        "TLSv1.2, tls-exporter, 235",
        "TLSv1.3, tls-server-end-point, 235",
        "TLSv1.2, tls-server-end-point, 235",
        "TLSv1.2, tls-unique, 535",
        "TLSv1.3, tls-unique, 535"
    })
    void boundToTheChannel(String protocol, String type, String code) throws Exception {
        try (TestClient client = connect(protocol)) {
            String reply = signIn(client, scram("alice-password", type, binding(client, type)));
            assertTrue(reply.startsWith(code), reply);
        }
    }

    /** Somebody in the middle has a channel of his own to either side. */
    @Test
    void boundToAnotherChannel() throws Exception {
        for (String type : List.of("tls-exporter", "tls-server-end-point")) {
            try (TestClient client = connect("TLSv1.3")) {
                byte[] binding = binding(client, type);
                binding[0] ^= 1;
                assertEquals(DENIED, signIn(client, scram("alice-password", type, binding)));
            }
        }
    }

    @Test
    void aWrongPassword() throws Exception {
        try (TestClient client = connect("TLSv1.3")) {
            byte[] binding = binding(client, "tls-exporter");
            assertEquals(DENIED, signIn(client, scram("wrong", "tls-exporter", binding)));
        }
    }

    /** A resumed connection is a channel of its own. */
    @Test
    void aResumedSessionIsBoundToo() throws Exception {
        SSLContext trust = certificate.context();
        byte[] before;
        long created;
        try (TestClient client =
                TestClient.connect(fixture.server.port(Kind.SUBMISSIONS)).inTls(trust)) {
            before = binding(client, "tls-exporter");
            created = ((SSLSocket) client.socket()).getSession().getCreationTime();
            assertEquals(GRANTED, signIn(client, scram("alice-password", "tls-exporter", before)));
            client.ask("QUIT");
        }
        try (TestClient client =
                TestClient.connect(fixture.server.port(Kind.SUBMISSIONS)).inTls(trust)) {
            byte[] binding = binding(client, "tls-exporter");
            assertEquals(created, ((SSLSocket) client.socket()).getSession().getCreationTime(), "resumed");
            assertTrue(!Base64.getEncoder()
                    .encodeToString(before)
                    .equals(Base64.getEncoder().encodeToString(binding)));
            assertEquals(GRANTED, signIn(client, scram("alice-password", "tls-exporter", binding)));
        }
    }

    private TestClient connect(String protocol) throws Exception {
        return TestClient.connect(fixture.server.port(Kind.SUBMISSIONS)).inTls(certificate.context(), protocol);
    }

    private static ScramClient scram(String password, String type, byte[] binding) {
        return ScramClient.builder()
                .advertisedMechanisms(List.of("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"))
                .username("alice")
                .password(password.toCharArray())
                .channelBinding(type, binding)
                .build();
    }

    /** Greeting, EHLO and the exchange, with the server's signature checked. */
    private static String signIn(TestClient client, ScramClient scram) throws Exception {
        client.reply();
        client.ask("EHLO client.example.test");
        String first = client.ask("AUTH " + scram.getScramMechanism().getName() + " "
                + base64(scram.clientFirstMessage().toString()));
        if (!first.startsWith("334 ")) {
            return first;
        }
        scram.serverFirstMessage(text(first));
        String last = client.ask(base64(scram.clientFinalMessage().toString()));
        if (!last.startsWith("334 ")) {
            return last;
        }
        scram.serverFinalMessage(text(last));
        return client.ask("");
    }

    private static byte[] binding(TestClient client, String type) throws Exception {
        var session = (ExtendedSSLSession) ((SSLSocket) client.socket()).getSession();
        return switch (type) {
            case "tls-exporter" -> session.exportKeyingMaterialData("EXPORTER-Channel-Binding", new byte[0], 32);
            case "tls-server-end-point" ->
                TlsServerEndpoint.getChannelBindingData((X509Certificate) session.getPeerCertificates()[0]);
            default -> new byte[12];
        };
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String challenge) {
        return new String(Base64.getDecoder().decode(challenge.substring(4)), StandardCharsets.UTF_8);
    }
}
