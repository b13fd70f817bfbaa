package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.edge.connection.SmtpServer.Kind;

/** What is negotiated: versions, suites, certificates of the server and of clients. */
class TlsTest {
    private static X509KeyManager keys;

    @BeforeAll
    static void makeCertificates() throws Exception {
        keys = SelfSigned.keys(
                SelfSigned.create("other", "EC", "dns:smtp.example.net"),
                SelfSigned.create("own", "RSA", "dns:mail.example.test"),
                SelfSigned.create("wild", "EC", "dns:*.wild.example"));
    }

    @Test
    void onlyModernSuitesAreSpoken() throws Exception {
        List<String> suites = ServerTls.of(SelfSigned.shared().context()).suites();
        assertTrue(suites.contains("TLS_AES_128_GCM_SHA256"), suites::toString);
        assertTrue(suites.contains("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"), suites::toString);
        assertTrue(suites.contains("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"), suites::toString);
        for (String weak : List.of("_CBC_", "_RC4_", "_3DES_", "_NULL_", "anon", "TLS_RSA_", "TLS_DHE_", "_EXPORT_")) {
            assertFalse(suites.stream().anyMatch(suite -> suite.contains(weak)), () -> weak + " in " + suites);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        "TLSv1.2, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
    })
    void weakSuitesAreRefused(String protocol, String suite) throws Exception {
        try (var fixture = new ServerFixture(SelfSigned.shared());
                SSLSocket socket = socket(fixture, SelfSigned.shared().context())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setEnabledCipherSuites(new String[] {suite});
            assertThrows(SSLException.class, socket::startHandshake);
        }
    }

    @Test
    void tls12CanBeSwitchedOff() throws Exception {
        try (var fixture = new ServerFixture(SelfSigned.shared(), "tls-protocols", "TLSv1.3");
                SSLSocket socket = socket(fixture, SelfSigned.shared().context())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThrows(SSLException.class, socket::startHandshake);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "TLSv1.3,TLSv1", "tls1.3"})
    void anotherVersionIsAnErrorAtStart(String protocols) {
        var refused = assertThrows(
                IllegalStateException.class, () -> new ServerFixture(SelfSigned.shared(), "tls-protocols", protocols));
        assertTrue(refused.getMessage().startsWith("signet.smtp.tls-protocols has ["), refused::getMessage);
    }

    /** The JDK does not speak these any more; a ClientHello by hand does, and is answered by an alert. */
    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x01, 0x02})
    void oldVersionsAreRefused(int minor) throws Exception {
        try (var fixture = new ServerFixture(SelfSigned.shared());
                var socket = new Socket(InetAddress.getLoopbackAddress(), fixture.server.port(Kind.SUBMISSIONS))) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(clientHello((byte) minor));
            byte[] alert = socket.getInputStream().readNBytes(7);
            assertEquals(0x15, alert[0], "an alert");
            assertEquals(70, alert[6], "protocol_version (RFC 8446 section 6.2)");
        }
    }

    /** ECDHE-RSA-AES128-SHA and RSA-AES128-SHA over P-256, as an old client would offer them. */
    private static byte[] clientHello(byte minor) {
        byte[] extensions = {0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0};
        byte[] suites = {(byte) 0xC0, 0x13, (byte) 0xC0, 0x09, 0x00, 0x2F};
        int body = 2 + 32 + 1 + 2 + suites.length + 2 + 2 + extensions.length;
        var hello = new ByteArrayOutputStream();
        hello.writeBytes(new byte[] {0x16, 3, minor, 0, (byte) (body + 4), 1, 0, 0, (byte) body, 3, minor});
        hello.writeBytes(new byte[32]);
        hello.writeBytes(new byte[] {0, 0, (byte) suites.length});
        hello.writeBytes(suites);
        hello.writeBytes(new byte[] {1, 0, 0, (byte) extensions.length});
        hello.writeBytes(extensions);
        return hello.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "mail.example.test, CN=own",
        "smtp.example.net, CN=other",
        "SMTP.example.NET, CN=other",
        "a.wild.example, CN=wild",
        "b.a.wild.example, CN=own",
        "wild.example, CN=own",
        "unknown.example, CN=own",
        "'', CN=own"
    })
    void theCertificateIsTheOneOfTheNameAskedFor(String name, String subject) throws Exception {
        try (var fixture = new ServerFixture(new TestTls(keys));
                SSLSocket socket = socket(fixture, TestTls.believingAll())) {
            var parameters = socket.getSSLParameters();
            parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            assertEquals(subject, certificate.getSubjectX500Principal().getName());
        }
    }

    private static SSLSocket socket(ServerFixture fixture, SSLContext context) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), fixture.server.port(Kind.SUBMISSIONS));
        socket.setSoTimeout(15_000);
        return socket;
    }
}
