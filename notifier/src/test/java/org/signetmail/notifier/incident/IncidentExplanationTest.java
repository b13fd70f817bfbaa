package org.signetmail.notifier.incident;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.signetmail.local.process.Layout;
import org.signetmail.notifier.Events;
import org.signetmail.notifier.Parts;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.database.Schema;
import org.signetmail.notifier.event.Arrival;
import org.signetmail.notifier.event.EventJson;
import org.signetmail.notifier.event.Rejection;

/** As it was judged then, whatever happens; as it would be now, when policy-service answers. */
@QuarkusTest
@WithTestResource(Parts.class)
class IncidentExplanationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    Database database;

    @Inject
    Schema schema;

    @Inject
    IncidentStore store;

    private final AtomicReference<String> asked = new AtomicReference<>();
    private final AtomicReference<String> askedBy = new AtomicReference<>();

    @Test
    void thenAndNowStandBesideEachOther() throws Exception {
        UUID id = add(sample());
        String token = Parts.token("auditor");
        HttpServer policy = policy("{\"outcome\":\"accept\",\"directoryVersion\":43}");
        try {
            explanation(id, token)
                    .statusCode(200)
                    .body("id", equalTo(id.toString()))
                    .body("account", equalTo("alice"))
                    .body("then.enforced", equalTo(true))
                    .body("then.directoryVersion", equalTo(42))
                    .body("then.violation.address", equalTo("ceo@example.test"))
                    .body("then.rules", hasSize(7))
                    .body("then.rules[3].outcome", equalTo("violation"))
                    .body("then.allowed", contains("alice@example.test", "alice.smith@example.test"))
                    .body("now.outcome", equalTo("accept"))
                    .body("now.directoryVersion", equalTo(43))
                    .body("$", not(hasKey("nowMissing")));
        } finally {
            policy.stop(0);
        }
        assertEquals("Bearer " + token, askedBy.get());
        assertEquals(sample().at("/explanation/question"), JSON.readTree(asked.get()));
    }

    @Test
    void withoutPolicyServiceThenIsStillTold() throws Exception {
        explanation(add(sample()), Parts.token("admin"))
                .statusCode(200)
                .body("then.rules", hasSize(7))
                .body("nowMissing", equalTo("policy-service is unreachable"))
                .body("$", not(hasKey("now")));
    }

    @Test
    void anIncidentWithoutItsQuestionSaysSo() throws Exception {
        ObjectNode old = sample();
        old.remove("explanation");
        explanation(add(old), Parts.token("admin"))
                .statusCode(200)
                .body("then.rules", hasSize(0))
                .body("then.violation.reason", equalTo("from"))
                .body("nowMissing", equalTo("The incident does not hold the originators of its message"));
    }

    @Test
    void onlyPeopleReadItAndOnlyOfIncidentsThatAreThere() throws Exception {
        explanation(UUID.randomUUID(), Parts.token("admin")).statusCode(404);
        UUID id = add(sample());
        explanation(id, Parts.token("policy")).statusCode(403);
        explanation(id, Parts.token("edge")).statusCode(403);
        given().get("/api/v1/incidents/" + id + "/explanation").then().statusCode(401);
    }

    private static ValidatableResponse explanation(UUID id, String token) {
        return given().auth()
                .oauth2(token)
                .get("/api/v1/incidents/" + id + "/explanation")
                .then();
    }

    private UUID add(ObjectNode event) throws Exception {
        schema.await();
        Rejection rejection = EventJson.read(
                event.put("submissionId", UUID.randomUUID().toString())
                        .toString()
                        .getBytes(UTF_8),
                Rejection.class);
        database.transaction(
                connection -> store.add(connection, List.of(new Arrival(rejection, Optional.empty())), Events.TIME));
        return rejection.submissionId();
    }

    private static ObjectNode sample() throws IOException {
        return (ObjectNode) JSON.readTree(
                Files.readAllBytes(Layout.root().resolve("deploy/contract/samples/rejection/identity.json")));
    }

    private HttpServer policy(String answer) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Parts.POLICY_PORT), 0);
        server.createContext("/api/v1/explanations", exchange -> {
            askedBy.set(exchange.getRequestHeaders().getFirst("Authorization"));
            asked.set(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        return server;
    }
}
