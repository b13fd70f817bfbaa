package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.local.process.Ports;

/** STARTTLS to a next hop with a certificate that only a test's own trust store knows. */
class HopTlsTest {
    private static final String PASSWORD = "changeit";
    private static KeyStore keyStore;

    private FakeNextHop hop;

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        File file = directory.resolve("hop.p12").toFile();
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=hop.test",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.getPath())
                .inheritIO()
                .start();
        assertEquals(0, keytool.waitFor());
        keyStore = KeyStore.getInstance(file, PASSWORD.toCharArray());
    }

    @BeforeEach
    void startHop() throws Exception {
        hop = FakeNextHop.smtp(Ports.free());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        hop.tls = Optional.of(context);
    }

    @AfterEach
    void stopHop() {
        hop.close();
    }

    private static TrustManager trusting() throws Exception {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "hop", keyStore.getCertificate(keyStore.aliases().nextElement()));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers()[0];
    }

    private void deliver(String starttls, Optional<TrustManager> trust) throws HopTrouble {
        RelayConfig config =
                RelayFixture.config(Map.of("signet.relay.next-hop", hop.uri(), "signet.relay.starttls", starttls));
        try (var pool = new ConnectionPool(HopSettings.of(config, trust), Duration.ofSeconds(5))) {
            var message = RelayFixture.message("x\r\n", "bob@example.test");
            new NextHopClient(pool).deliver(message, new Answers(message.recipients()));
        }
    }

    @Test
    void opportunisticTakesAnyCertificate() throws Exception {
        deliver("opportunistic", Optional.empty());
        assertTrue(hop.received.getFirst().encrypted());
        assertEquals(
                2, hop.commands.stream().filter(line -> line.startsWith("EHLO")).count());
    }

    @Test
    void requiredTakesACertificateThatIsVouchedFor() throws Exception {
        deliver("required", Optional.of(trusting()));
        assertTrue(hop.received.getFirst().encrypted());
    }

    @Test
    void requiredWaitsForAValidCertificate() {
        HopTrouble trouble = assertThrows(HopTrouble.class, () -> deliver("required", Optional.empty()));
        assertTrue(trouble.getMessage().contains("PKIX"), trouble::getMessage);
        assertEquals(0, hop.received.size());
    }

    @Test
    void noneStaysInClear() throws Exception {
        deliver("none", Optional.empty());
        assertTrue(!hop.received.getFirst().encrypted());
    }
}
