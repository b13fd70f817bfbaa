package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
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
import org.signetmail.edge.event.DeliveryParameters;
import org.signetmail.edge.event.OutboundMessage;
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
        hop.tls = Optional.of(context());
    }

    private static SSLContext context() throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
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

    private Answers deliver(String starttls, Optional<TrustManager> trust) throws HopTrouble {
        return deliver(starttls, trust, RelayFixture.message("x\r\n", "bob@example.test"));
    }

    private Answers deliver(String starttls, Optional<TrustManager> trust, OutboundMessage message) throws HopTrouble {
        RelayConfig config =
                RelayFixture.config(Map.of("signet.relay.next-hop", hop.uri(), "signet.relay.starttls", starttls));
        Route route = Route.of(config, trust).getLast();
        var backOff = new BackOff(Duration.ofMillis(20), Duration.ofMillis(100));
        try (var destination = new Destination(route, backOff, Duration.ofSeconds(5), Signing.NONE)) {
            var answers = new Answers(message.recipients());
            destination.deliver(message, answers);
            return answers;
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

    private static OutboundMessage requiringTls() {
        var parameters = new DeliveryParameters(Optional.empty(), Optional.empty(), Map.of(), true, Optional.empty());
        return RelayFixture.asking(RelayFixture.message("x\r\n", "bob@example.test"), parameters);
    }

    private static String failure(Answers answers) {
        var failure = answers.failed().get("bob@example.test");
        return failure.status() + " " + failure.diagnostic();
    }

    // RFC 8689 4.2.1, whatever signet.relay.starttls says.
    @Test
    void requireTlsGoesToAVerifiedHopThatOffersIt() throws Exception {
        hop.extensions = List.of("8BITMIME", "REQUIRETLS");
        for (String starttls : List.of("none", "opportunistic", "required")) {
            assertEquals(
                    1,
                    deliver(starttls, Optional.of(trusting()), requiringTls()).delivered());
        }
        assertTrue(hop.received.stream().allMatch(received -> received.encrypted()));
        assertTrue(hop.received.stream().allMatch(received -> received.mail().endsWith(" REQUIRETLS")));
    }

    @Test
    void requireTlsFailsForGoodWhereItCannotBeHad() throws Exception {
        hop.extensions = List.of("8BITMIME", "REQUIRETLS");
        String unverified = failure(deliver("opportunistic", Optional.empty(), requiringTls()));
        assertTrue(unverified.startsWith("5.7.30 ") && unverified.contains("PKIX"), unverified);

        hop.extensions = List.of("8BITMIME");
        assertEquals(
                "5.7.30 The message requires TLS (REQUIRETLS), but the next hop does not offer REQUIRETLS",
                failure(deliver("opportunistic", Optional.of(trusting()), requiringTls())));

        hop.tls = Optional.empty();
        assertEquals(
                "5.7.30 The message requires TLS (REQUIRETLS), but STARTTLS is required, but not offered",
                failure(deliver("opportunistic", Optional.of(trusting()), requiringTls())));
        assertEquals(0, hop.received.size());
        assertFalse(hop.commands.stream().anyMatch(line -> line.startsWith("MAIL")), hop.commands::toString);
    }

    // RFC 8689 5
    @Test
    void aReportIsNotLostForWantOfRequireTls() throws Exception {
        OutboundMessage report = RelayFixture.from(requiringTls(), "", Optional.of("alice"));
        hop.extensions = List.of("8BITMIME");
        assertEquals(
                1, deliver("opportunistic", Optional.of(trusting()), report).delivered());
        hop.tls = Optional.empty();
        assertEquals(1, deliver("opportunistic", Optional.empty(), report).delivered());
        assertEquals("MAIL FROM:<>", hop.received.getLast().mail());

        hop.extensions = List.of("8BITMIME", "REQUIRETLS");
        hop.tls = Optional.of(context());
        deliver("none", Optional.of(trusting()), report);
        assertEquals("MAIL FROM:<> REQUIRETLS", hop.received.getLast().mail());
        assertTrue(hop.received.getLast().encrypted());
    }

    @Test
    void aHopThatIsAwayIsNoLackOfTls() {
        hop.disappear();
        assertThrows(HopTrouble.class, () -> deliver("opportunistic", Optional.of(trusting()), requiringTls()));
    }

    @Test
    void noneStaysInClear() throws Exception {
        deliver("none", Optional.empty());
        assertTrue(!hop.received.getFirst().encrypted());
    }
}
