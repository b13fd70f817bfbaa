package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;

/**
 * Services talk to each other over TLS and show certificates; nobody without one of the right authority is let in. The stack
 * of these tests calls directory-service and policy-service by https, so that all the other tests go that way, too.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class InternalTlsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Optional<String> FIRST = Optional.of("first");
    private static final Optional<String> SECOND = Optional.of("second");

    private final LocalStack stack = SharedStack.get();
    private final InternalTls tls = InternalTls.shared();

    @Test
    void onlyWhoShowsACertificateIsLetInAndRenewedOnesAreTakenUp() throws Exception {
        assertEquals(200, ask("first", FIRST));
        assertThrows(IOException.class, () -> ask("first", Optional.empty()), "without a certificate");
        assertThrows(IOException.class, () -> ask("first", SECOND), "with one of another authority");
        assertThrows(IOException.class, () -> ask("second", FIRST), "a server of another authority");
        submit();

        tls.point("first-trusting-both");
        Waiting.until(() -> answers("first", SECOND), "directory-service trusts the new authority as well", LIMIT);
        awaitRenewals(1);
        tls.point("second-trusting-both");
        Waiting.until(() -> answers("second", SECOND), "directory-service shows its new certificate", LIMIT);
        awaitRenewals(2);
        tls.point("second");
        Waiting.until(() -> !answers("second", FIRST), "the old authority's certificates are refused", LIMIT);
        awaitRenewals(3);
        submit();
    }

    /** So that clients have rebuilt their side, too. */
    private static void awaitRenewals(int number) {
        for (Part service : new Part[] {Part.SMTP_EDGE, Part.POLICY_SERVICE, Part.NOTIFIER}) {
            Waiting.until(() -> renewals(service) >= number, service.label() + " takes renewal " + number, LIMIT);
        }
    }

    private static long renewals(Part service) {
        try {
            return Files.readString(SharedStack.log(service))
                    .lines()
                    .filter(line -> line.contains("take the renewed certificate"))
                    .count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signing in is a call of the edge's, the verdict one of policy-service's. */
    private void submit() throws IOException {
        try (var client = new PlainClient(stack.endpoints().smtpPort())) {
            client.reply();
            client.ask("EHLO client.example");
            assertEquals(
                    "235",
                    client.ask("AUTH PLAIN " + PlainClient.plain("carol")).substring(0, 3));
            client.ask("MAIL FROM:<carol@example.test>");
            client.ask("RCPT TO:<alice@example.test>");
            client.ask("DATA");
            assertEquals(
                    "250",
                    client.ask("From: carol@example.test\r\n\r\nhello\r\n.").substring(0, 3));
        }
    }

    private boolean answers(String trusted, Optional<String> shown) {
        try {
            return ask(trusted, shown) == 200;
        } catch (IOException e) {
            return false;
        } catch (Exception e) { // what makes the context declares no less
            throw new IllegalStateException(e);
        }
    }

    private int ask(String trusted, Optional<String> shown) throws Exception {
        URI uri = URI.create(
                InternalTls.url(stack.endpoints().httpPort(Part.DIRECTORY_SERVICE)) + "/api/v1/accounts/alice");
        SSLContext context = tls.client(trusted, shown);
        try (HttpClient http = HttpClient.newBuilder().sslContext(context).build()) {
            var request = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer " + stack.token(Role.ADMIN))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
