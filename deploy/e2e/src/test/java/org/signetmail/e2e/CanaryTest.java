package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;

/** The edge's own forgery goes the whole way, and nobody is written to about it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CanaryTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LocalStack stack = SharedStack.get();

    @Test
    void itIsRefusedAndToldToNobody() {
        double refused = figure(Part.SMTP_EDGE, "signet_edge_canary_total{result=\"refused\"}");
        double counted = figure(Part.NOTIFIER, "signet_notifier_canaries_total");
        Waiting.until(
                () -> figure(Part.SMTP_EDGE, "signet_edge_canary_total{result=\"refused\"}") > refused,
                "the canary reads 554",
                LIMIT);
        Waiting.until(
                () -> figure(Part.NOTIFIER, "signet_notifier_canaries_total") > counted,
                "its refusal comes to the notifier",
                LIMIT);
        assertEquals(0, figure(Part.SMTP_EDGE, "signet_edge_canary_total{result=\"accepted\"}"));
        URI incidents =
                URI.create(stack.endpoints().url(Part.NOTIFIER) + "/api/v1/incidents?account=" + SharedStack.CANARY);
        assertFalse(get(incidents).contains("signet.invalid"));
        for (String reader : new String[] {"postmaster", SharedStack.CANARY}) {
            var mailbox = new Mailbox(stack.endpoints(), reader + "@example.test");
            assertFalse(mailbox.messages().stream().anyMatch(mail -> mail.contains("canary@signet.invalid")));
        }
    }

    private double figure(Part service, String name) {
        String scraped = get(URI.create(stack.endpoints().managementUrl(service) + "/q/metrics"));
        Matcher line = Pattern.compile(Pattern.quote(name) + " ([0-9.E]+)").matcher(scraped);
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    private String get(URI uri) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer " + stack.token(Role.AUDITOR))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
