package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.e2e.TraceReceiver.Received;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;

/** A message leaves one trace, from its session to the next hop's reply, and its id is that of the trace. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TraceTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";
    private static final String EDGE = "signet-smtp-edge";
    private static final String POLICY = "signet-policy-service";
    private static final String NOTIFIER = "signet-notifier";

    private final LocalStack stack = SharedStack.get();
    private final TraceReceiver receiver = TraceReceiver.shared();

    @Test
    void anAcceptedMessageIsOneTraceThroughAllServices() throws Exception {
        String reply = submit("bob@example.test");
        assertTrue(reply.startsWith("250 "), reply);
        String id = reply.substring(reply.lastIndexOf(' ') + 1);
        List<Received> spans = await(id, "deliver");

        Received session = the(spans, EDGE, "submission");
        assertEquals("", session.parent(), "the trace begins with the client's transaction");
        assertEquals(id, session.notes().get("signet.submission.id"));
        assertEquals("250", session.notes().get("signet.reply"));
        Received question = the(spans, EDGE, "ask for the verdict");
        assertEquals(session.id(), question.parent());
        Received judging = the(spans, POLICY, "judge");
        assertEquals(question.id(), judging.parent(), "across signet.submissions");
        assertEquals("Accept", judging.notes().get("signet.verdict"));
        Received relaying = the(spans, EDGE, "relay");
        assertEquals(session.id(), relaying.parent(), "across signet.outbound");
        Received delivery = the(spans, EDGE, "deliver");
        assertEquals(relaying.id(), delivery.parent());
        assertEquals("1", delivery.notes().get("signet.recipients.delivered"));
    }

    @Test
    void anIncidentIsFoundByItsTraceAndItsNoticesAreInIt() throws Exception {
        String marker = "trace-" + System.nanoTime();
        String reply = submit(marker + "@elsewhere.test");
        assertTrue(reply.startsWith("554 "), reply);
        Waiting.until(() -> incidents().contains(marker), "the incident is recorded", LIMIT);
        var id = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"").matcher(incidents());
        assertTrue(id.find(), "an incident has an id");
        List<Received> spans = await(id.group(1), "deliver");

        Received session = the(spans, EDGE, "submission");
        assertEquals("554", session.notes().get("signet.reply"));
        assertEquals("Reject", the(spans, POLICY, "judge").notes().get("signet.verdict"));
        assertEquals(session.id(), the(spans, NOTIFIER, "record incident").parent(), "across signet.rejections");
    }

    @Test
    void theHistogramOfAnswersNamesTraces() throws Exception {
        submit("bob@example.test");
        var exemplar = Pattern.compile("signet_edge_answer_time_seconds_bucket.*# \\{.*trace_id=\"([0-9a-f]{32})\"");
        Waiting.until(
                () -> exemplar.matcher(
                                get(stack.endpoints().managementUrl(Part.SMTP_EDGE) + "/q/metrics", OPEN_METRICS))
                        .find(),
                "an exemplar is shown to who asks for OpenMetrics",
                LIMIT);
    }

    /** Ends with the reply to the content. */
    private String submit(String from) throws IOException {
        try (var client = new PlainClient(stack.endpoints().smtpPort())) {
            client.reply();
            client.ask("EHLO client.example");
            client.ask("AUTH PLAIN " + PlainClient.plain("bob"));
            client.ask("MAIL FROM:<bob@example.test>");
            client.ask("RCPT TO:<alice@example.test>");
            client.ask("DATA");
            return client.ask("From: " + from + "\r\nSubject: trace\r\n\r\nhello\r\n.");
        }
    }

    private List<Received> await(String submission, String last) {
        String trace = submission.replace("-", "");
        Waiting.until(
                () -> receiver.of(trace).stream().anyMatch(span -> span.name().equals(last))
                        && receiver.of(trace).stream()
                                .anyMatch(span -> span.name().equals("submission"))
                        && receiver.of(trace).stream()
                                .anyMatch(span -> span.service().equals(POLICY)),
                "the trace of " + submission + " is whole",
                LIMIT);
        return receiver.of(trace);
    }

    private static Received the(List<Received> spans, String service, String name) {
        return spans.stream()
                .filter(span -> span.service().equals(service) && span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " of " + service + " in " + spans));
    }

    private String incidents() {
        return get(
                stack.endpoints().url(Part.NOTIFIER) + "/api/v1/incidents?account=bob&limit=200", "application/json");
    }

    private String get(String url, String accept) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url))
                    .header("Accept", accept)
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
