package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.stack.LocalStack;
import org.signetmail.local.stack.Part;

/** What a postmaster asks after a refusal: why, what would mend it, and what else would be refused. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PostmasterTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORGED = "treasurer@example.test";

    private final LocalStack stack = SharedStack.get();

    @Test
    void aRefusalIsExplainedAndAReplayNamesTheGrantThatMendsIt() throws Exception {
        try (MailProgram bob = MailProgram.signIn(stack, "bob")) {
            assertFalse(bob.accepted(FORGED, "alice@example.test", "postmaster's question"));
        }
        Waiting.until(() -> incident().isPresent(), "the incident", Duration.ofSeconds(20));
        String id = incident().orElseThrow().get("id").asText();

        JsonNode explanation = get(Part.NOTIFIER, "/api/v1/incidents/" + id + "/explanation");
        assertEquals("bob", explanation.get("account").asText());
        assertTrue(explanation.at("/then/directoryVersion").asLong() > 0, explanation.toString());
        assertEquals("violation", rule(explanation.at("/then/rules"), "envelope"));
        assertEquals("violation", rule(explanation.at("/then/rules"), "from"));
        assertEquals("pass", rule(explanation.at("/then/rules"), "suspended"));
        assertEquals("reject", explanation.at("/now/outcome").asText(), explanation.toString());
        assertEquals(FORGED, explanation.at("/now/mend/grants/0/target").asText());

        JsonNode refused = replay("{\"days\":1}");
        JsonNode grant = StreamSupport.stream(refused.get("accounts").spliterator(), false)
                .filter(account -> account.get("account").asText().equals("bob"))
                .flatMap(account -> StreamSupport.stream(account.get("faults").spliterator(), false))
                .filter(fault -> fault.path("address").asText().equals(FORGED))
                .map(fault -> fault.get("mend"))
                .findFirst()
                .orElseThrow();
        JsonNode mended = replay("{\"days\":1,\"grants\":[%s]}".formatted(grant));
        assertEquals(refused.get("judged").asInt(), mended.get("judged").asInt());
        assertEquals(refused.get("refused").asInt() - 1, mended.get("refused").asInt());
    }

    private Optional<JsonNode> incident() {
        try {
            JsonNode incidents =
                    get(Part.NOTIFIER, "/api/v1/incidents?account=bob").get("incidents");
            return StreamSupport.stream(incidents.spliterator(), false)
                    .filter(incident -> incident.path("address").asText().equals(FORGED))
                    .findFirst();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String rule(JsonNode rules, String name) {
        return StreamSupport.stream(rules.spliterator(), false)
                .filter(rule -> rule.get("rule").asText().equals(name))
                .map(rule -> rule.get("outcome").asText())
                .findFirst()
                .orElseThrow();
    }

    /** The last line of the answer. */
    private JsonNode replay(String body) throws IOException, InterruptedException {
        String lines = send(request(Part.POLICY_SERVICE, "/api/v1/replays")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        JsonNode last = JSON.readTree(lines.lines().toList().getLast());
        assertTrue(last.path("done").asBoolean(), lines);
        return last;
    }

    private JsonNode get(Part service, String path) throws IOException, InterruptedException {
        return JSON.readTree(send(request(service, path)));
    }

    private HttpRequest.Builder request(Part service, String path) {
        return HttpRequest.newBuilder(URI.create(stack.endpoints().url(service) + path))
                .header("Authorization", "Bearer " + stack.token(Role.ADMIN));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var response = http.send(request.build(), BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), response.body());
            return response.body();
        }
    }
}
