package org.signetmail.edge.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signetmail.edge.Await;
import org.signetmail.edge.EdgeConfig;
import org.signetmail.edge.Parts;
import org.signetmail.edge.connection.SmtpServer.Kind;
import org.signetmail.edge.policy.PolicyByHand;

/** The edge as it runs: listeners with the certificate of Quarkus' registry, Kafka behind them, both logs written. */
@QuarkusTest
@QuarkusTestResource(value = Parts.class, restrictToAnnotatedClass = true)
class ListenersTest {
    @Inject
    SmtpServer server;

    @Inject
    @Readiness
    SmtpReadiness listening;

    @Inject
    TlsConfigurationRegistry certificates;

    @Inject
    EdgeConfig config;

    @TestHTTPResource(value = "/health/ready", management = true)
    URI readiness;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    private SSLContext trust;

    @BeforeEach
    void trustTheServer() throws Exception {
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(certificates.get("smtp").orElseThrow().getKeyStore());
        trust = SSLContext.getInstance("TLS");
        trust.init(null, trusted.getTrustManagers(), null);
    }

    @Test
    void anHonestMessageBehindStarttls() throws Exception {
        try (TestClient client = TestClient.connect(server.port(Kind.SUBMISSION))) {
            client.reply();
            client.ask("EHLO client.example.test");
            assertEquals(
                    "538 Encryption required for requested authentication mechanism",
                    client.ask("AUTH PLAIN " + plain("alice")));
            assertEquals("220 Ready to start TLS", client.ask("STARTTLS"));
            TestClient secured = client.inTls(trust);
            secured.ask("EHLO client.example.test");
            assertEquals("235 Authentication successful", secured.ask("AUTH PLAIN " + plain("alice")));
            String reply = submit(secured, "From: alice@example.test\r\n\r\nHi\r\n");
            assertTrue(reply.matches("250 Queued as [0-9a-f-]{36}"), reply);
        }
    }

    @Test
    void aForgedMessageOnTheTlsListener() throws Exception {
        try (TestClient client =
                TestClient.connect(server.port(Kind.SUBMISSIONS)).inTls(trust)) {
            assertEquals("220 mail.example.test ESMTP Signet", client.reply());
            client.ask("EHLO client.example.test");
            client.ask("AUTH PLAIN " + plain(PolicyByHand.FORGER));
            assertEquals(
                    "554 Originator address does not match authentication credentials",
                    submit(client, "From: ceo@example.test\r\nSubject: forged\r\n\r\nHi\r\n"));
        }
        Await.until(
                "the refusal is logged",
                () -> logged().contains(" >>> 554 Originator address does not match authentication credentials"));
        assertTrue(logged().contains(" <<< Subject: forged\n"));
        assertTrue(logged().contains(" --- tls TLSv1.3\n"));
        assertTrue(!logged().contains(plain(PolicyByHand.FORGER)));
    }

    /** As a certificate is renewed: its file changes, and nobody tells the server. */
    @Test
    void aRenewedCertificateIsServedWithoutARestart() throws Exception {
        SelfSigned renewed = SelfSigned.create();
        Path keyStore = config.archive().directory().resolveSibling(Parts.KEY_STORE);
        Path next = Files.copy(renewed.store(), keyStore.resolveSibling("next.p12"));
        Files.move(next, keyStore, StandardCopyOption.ATOMIC_MOVE);
        Await.until("the renewed certificate is served", () -> serves(renewed));
    }

    private boolean serves(SelfSigned certificate) {
        try (TestClient client =
                TestClient.connect(server.port(Kind.SUBMISSIONS)).inTls(TestTls.believingAll())) {
            return ((SSLSocket) client.socket())
                    .getSession()
                    .getPeerCertificates()[0]
                    .equals(certificate.certificate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No certificate can be read", e);
        }
    }

    /** The whole of it: PLUS is offered, the verifier comes from the directory, and the nonce is not the same twice. */
    @Test
    void scramOverTheDirectorysVerifier() throws Exception {
        try (TestClient client =
                TestClient.connect(server.port(Kind.SUBMISSIONS)).inTls(trust)) {
            client.reply();
            client.ask("EHLO client.example.test");
            String first = client.ask("AUTH SCRAM-SHA-256 biwsbj1hbGljZSxyPWFiYw==");
            assertTrue(first.startsWith("334 "), first);
            assertEquals("501 Authentication cancelled", client.ask("*"));
            String second = client.ask("AUTH SCRAM-SHA-256 biwsbj1hbGljZSxyPWFiYw==");
            assertTrue(second.startsWith("334 ") && !second.equals(first), second);
        }
    }

    @Test
    void readyWhileTheListenersTakeConnectionsAndVerdictsCanBeRead() throws Exception {
        assertEquals(HealthCheckResponse.Status.UP, listening.call().getStatus());
        HttpResponse<String> answer = get(readiness);
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("listeners take connections"), answer.body());
        assertTrue(answer.body().contains("verdicts can be read"), answer.body());
    }

    @Test
    void figuresAreThereFromTheStart() throws Exception {
        String scraped = get(metrics).body();
        assertTrue(scraped.contains("signet_edge_connections_hung_total"), scraped);
        assertTrue(scraped.contains("signet_edge_messages_total{result=\"deferred_archive\"} 0.0"), scraped);
        assertTrue(scraped.contains("signet_edge_verdict_wait_seconds_bucket"), scraped);
    }

    @Test
    void anOperatorTracesAUser() throws Exception {
        String unasked = "token-of-somebody-else";
        assertEquals(401, manage("GET", "", "", unasked).statusCode());
        assertEquals(
                401,
                manage("PUT", "/accounts/alice", "{\"level\":\"none\"}", unasked)
                        .statusCode());
        HttpResponse<String> traced =
                manage("PUT", "/accounts/Alice", "{\"level\":\"maximum\",\"for\":\"PT1H\"}", Parts.MANAGEMENT_TOKEN);
        assertEquals(200, traced.statusCode(), traced.body());
        assertTrue(
                traced.body().contains("\"accounts\":{\"alice\":{\"level\":\"maximum\",\"until\":\"20"), traced::body);
        assertEquals(
                200,
                manage("DELETE", "/accounts/alice", "", Parts.MANAGEMENT_TOKEN).statusCode());
        assertEquals(
                "{\"level\":\"maximum\",\"configured\":\"maximum\",\"accounts\":{},\"clients\":{},\"lostLines\":0}",
                manage("GET", "", "", Parts.MANAGEMENT_TOKEN).body());
    }

    @Test
    void aLevelHoldsAtOnce() throws Exception {
        assertEquals(
                200,
                manage("PUT", "", "{\"level\":\"none\"}", Parts.MANAGEMENT_TOKEN)
                        .statusCode());
        greeted("unwritten.example.test");
        assertEquals(
                200,
                manage("PUT", "/clients/127.0.0.1", "{\"level\":\"medium\"}", Parts.MANAGEMENT_TOKEN)
                        .statusCode());
        greeted("written.example.test");
        assertEquals(
                200,
                manage("DELETE", "/clients/127.0.0.1", "", Parts.MANAGEMENT_TOKEN)
                        .statusCode());
        assertEquals(200, manage("DELETE", "", "", Parts.MANAGEMENT_TOKEN).statusCode());
        Await.until("the session is logged", () -> logged().contains(" <<< EHLO written.example.test\n"));
        assertTrue(!logged().contains("unwritten"));
    }

    @Test
    void whatCannotBeSetIsSaid() throws Exception {
        for (String body : List.of(
                "",
                "[]",
                "{}",
                "{\"level\":7}",
                "{\"level\":\"all\"}",
                "{\"level\":\"none\",\"for\":\"1h\"}",
                "{\"level\":\"none\",\"for\":\"PT0S\"}")) {
            HttpResponse<String> answer = manage("PUT", "", body, Parts.MANAGEMENT_TOKEN);
            assertEquals(400, answer.statusCode(), body);
            assertTrue(answer.body().startsWith("{\"title\":\"Bad Request\",\"status\":400,"), answer.body());
        }
        assertEquals(
                400,
                manage("PUT", "/clients/example.test", "{\"level\":\"none\"}", Parts.MANAGEMENT_TOKEN)
                        .statusCode());
    }

    /** A forged message now and then, through the TLS listener, as a client would. */
    @Test
    void theCanaryIsRefused() throws Exception {
        String refused = "signet_edge_canary_total{result=\"refused\"} ";
        Await.until(
                "the canary is refused twice",
                () -> scraped().matches("(?s).*" + Pattern.quote(refused) + "([2-9]|[0-9]{2,})\\.0.*"));
        String scraped = scraped();
        assertTrue(scraped.contains("signet_edge_canary_total{result=\"accepted\"} 0.0"), scraped);
        assertTrue(scraped.contains("signet_edge_canary_total{result=\"unreachable\"} 0.0"), scraped);
    }

    private String scraped() {
        try {
            return get(metrics).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void greeted(String name) throws IOException {
        try (TestClient client = TestClient.connect(server.port(Kind.SUBMISSION))) {
            client.reply();
            client.ask("EHLO " + name);
            assertEquals("221 Service closing transmission channel", client.ask("QUIT"));
        }
    }

    private HttpResponse<String> manage(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(management.resolve("/signet/protocol-log" + path))
                    .header("Authorization", "Bearer " + token)
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String submit(TestClient client, String message) throws IOException {
        client.ask("MAIL FROM:<alice@example.test>");
        client.ask("RCPT TO:<bob@example.test>");
        client.ask("DATA");
        client.send(message + ".\r\n");
        return client.reply();
    }

    private static String plain(String login) {
        return Base64.getEncoder()
                .encodeToString(("\0" + login + "\0" + login + "-password").getBytes(StandardCharsets.UTF_8));
    }

    private String logged() {
        Path protocolLog = config.protocolLog().file();
        try {
            return Files.exists(protocolLog) ? Files.readString(protocolLog) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
