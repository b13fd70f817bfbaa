package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.auth.FakeAccounts;
import org.signetmail.edge.certificate.CertificateName;
import org.signetmail.edge.connection.SmtpServer.Kind;

/** EXTERNAL: who shows a certificate that is trusted may sign in by it; nobody has to. */
class ClientCertificateTest {
    private static final String GRANTED = "235 Authentication successful";
    private static final String PLAIN = "AUTH PLAIN AGFsaWNlAGFsaWNlLXBhc3N3b3Jk";

    private static SelfSigned alice;

    @BeforeAll
    static void makeCertificate() throws Exception {
        alice = SelfSigned.create("alice", "EC", "email:alice@example.test");
    }

    @Test
    void theCertificateSignsIn() throws Exception {
        try (ServerFixture fixture = trusting(alice)) {
            for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
                try (TestClient client = connect(fixture, protocol, alice)) {
                    assertTrue(ehlo(client).endsWith(" EXTERNAL"));
                    assertEquals("501 Cannot decode response", client.ask("AUTH EXTERNAL " + base64("bob")));
                    assertEquals("334", client.ask("AUTH EXTERNAL"));
                    assertEquals("501 Authentication cancelled", client.ask("*"));
                    assertEquals(GRANTED, client.ask("AUTH EXTERNAL ="));
                }
                try (TestClient client = connect(fixture, protocol, alice)) {
                    ehlo(client);
                    assertEquals(GRANTED, client.ask("AUTH EXTERNAL " + base64("alice")));
                }
            }
        }
    }

    @Test
    void nobodyNeedsACertificate() throws Exception {
        try (ServerFixture fixture = trusting(alice);
                TestClient client = connect(fixture, "TLSv1.3")) {
            assertTrue(!ehlo(client).contains("EXTERNAL"));
            assertEquals("504 Unrecognized authentication type", client.ask("AUTH EXTERNAL ="));
            assertEquals(GRANTED, client.ask(PLAIN));
        }
    }

    @Test
    void aStrangeCertificateEndsTheHandshake() throws Exception {
        SelfSigned same = SelfSigned.create("alice", "EC", "email:alice@example.test");
        try (ServerFixture fixture = trusting(alice)) {
            assertThrows(IOException.class, () -> {
                try (TestClient client = connect(fixture, "TLSv1.2", same)) {
                    client.reply();
                }
            });
        }
    }

    @Test
    void theNameInACertificate() throws Exception {
        assertEquals(Optional.of("alice@example.test"), CertificateName.EMAIL.in(alice.certificate()));
        assertEquals(Optional.of("alice"), CertificateName.EMAIL_LOCAL_PART.in(alice.certificate()));
        assertEquals(Optional.of("alice"), CertificateName.CN.in(alice.certificate()));
        assertEquals(Optional.empty(), CertificateName.UID.in(alice.certificate()));
        assertEquals(
                Optional.empty(), CertificateName.EMAIL.in(SelfSigned.shared().certificate()));
        SelfSigned twoNames = SelfSigned.create("a,UID=b", "EC", "email:a@x.example,email:b@x.example");
        assertEquals(Optional.empty(), CertificateName.EMAIL.in(twoNames.certificate()));
        assertEquals(Optional.of("b"), CertificateName.UID.in(twoNames.certificate()));
    }

    private static ServerFixture trusting(SelfSigned client) throws Exception {
        var fixture = new ServerFixture(
                new TestTls(SelfSigned.shared(), client), "client-certificate-name", "email-local-part");
        var accounts = new FakeAccounts();
        fixture.authenticator = credentials -> accounts.authenticate(credentials, InetAddress.getLoopbackAddress());
        return fixture;
    }

    private static TestClient connect(ServerFixture fixture, String protocol, SelfSigned... own) throws Exception {
        var keys = own.length == 0 ? new X509KeyManager[0] : new X509KeyManager[] {own[0].keys()};
        return TestClient.connect(fixture.server.port(Kind.SUBMISSIONS)).inTls(TestTls.believingAll(keys), protocol);
    }

    private static String ehlo(TestClient client) throws IOException {
        assertEquals("220 mail.example.test ESMTP Signet", client.reply());
        return client.ask("EHLO client.example.test");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
