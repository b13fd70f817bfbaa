package org.signetmail.notifier.webhook;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.signetmail.notifier.Events;
import org.signetmail.notifier.MovableClock;
import org.signetmail.notifier.Parts;
import org.signetmail.notifier.Topics;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.database.Schema;
import org.signetmail.notifier.event.EventJson;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;

/** Refusals come from Kafka; a receiver that is told of them verifies, fails, hangs, goes away and comes back. */
@QuarkusTest
@WithTestResource(Parts.class)
class WebhookTest {
    private static final String PATH = "/api/v1/webhooks";

    @Inject
    MovableClock clock;

    @Inject
    Schema schema;

    @Inject
    Database database;

    @Inject
    DeliveryStore store;

    @Inject
    Targets targets;

    private Receiver receiver;
    private Topics topics;

    @BeforeEach
    void begin() throws Exception {
        schema.await();
        receiver = new Receiver();
        topics = new Topics();
        // What a test before left waiting is not this one's.
        as("admin").post(PATH + "/siem/retries").then().statusCode(200);
        Topics.await(() -> pending("siem") == 0);
    }

    @AfterEach
    void end() {
        topics.close();
        receiver.close();
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(Parts.token(role)).contentType(ContentType.JSON);
    }

    private static long pending(String target) {
        return as("auditor")
                .get(PATH)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("webhooks.find { it.name == '" + target + "' }.pending");
    }

    private static Map<String, Object> delivery(String state, UUID incident) {
        Map<String, Object> found = as("auditor")
                .queryParam("state", state)
                .queryParam("limit", 200)
                .get(PATH + "/siem/deliveries")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("deliveries.find { it.incident == '" + incident + "' }");
        return found == null ? Map.of() : found;
    }

    private static boolean is(String state, UUID incident) {
        return !delivery(state, incident).isEmpty();
    }

    private UUID refuse() {
        return refuse("alice@" + Parts.WEBHOOK_DOMAIN);
    }

    private UUID refuse(String primary) {
        Rejection refusal = refusal(primary);
        topics.send("signet.rejections", refusal.account(), EventJson.write(refusal));
        return refusal.submissionId();
    }

    private static Rejection refusal(String primary) {
        Rejection refusal = Events.rejection(UUID.randomUUID(), Events.forged(Reason.FROM, "From"), Events.HEADER);
        return Events.at(
                Events.of(refusal, Optional.of(primary), List.of()), "alice-" + refusal.submissionId(), Events.TIME);
    }

    private List<Receiver.Request> told(UUID incident) {
        return receiver.requests().stream()
                .filter(request -> request.header("webhook-id").equals(incident + ".incident"))
                .toList();
    }

    private Receiver.Request awaitTold(UUID incident, int times) {
        Topics.await(() -> told(incident).size() == times);
        return told(incident).getLast();
    }

    /** As a receiver does it. */
    private static boolean isSigned(Receiver.Request request, String secret) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        String signed = request.header("webhook-id") + "." + request.header("webhook-timestamp") + "." + request.body();
        String signature = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        return List.of(request.header("webhook-signature").split(" ", -1)).contains(signature);
    }

    @Test
    void anIncidentIsACloudEventSignedWithBothKeys() throws Exception {
        UUID id = refuse();
        Receiver.Request request = awaitTold(id, 1);

        assertEquals("/hook", request.path());
        assertEquals("application/cloudevents+json", request.header("content-type"));
        assertTrue(isSigned(request, Parts.WEBHOOK_SECRETS.getFirst()));
        assertTrue(isSigned(request, Parts.WEBHOOK_SECRETS.getLast()));
        long age = Duration.between(
                        Instant.ofEpochSecond(Long.parseLong(request.header("webhook-timestamp"))), clock.instant())
                .toSeconds();
        assertTrue(age >= 0 && age < 60, age + " s");
        JsonNode event = new ObjectMapper().readTree(request.body());
        assertEquals("1.0", event.path("specversion").asText());
        assertEquals(id + ".incident", event.path("id").asText());
        assertEquals("/signet/notifier", event.path("source").asText());
        assertEquals("org.signetmail.incident.v1", event.path("type").asText());
        assertEquals("2026-01-15T10:00:00.020Z", event.path("time").asText());
        assertEquals("application/json", event.path("datacontenttype").asText());
        assertEquals("urn:signetmail:incident.v1", event.path("dataschema").asText());
        assertEquals(Topics.TRACE, event.path("traceparent").asText());
        assertEquals(id.toString(), event.path("data").path("incident").asText());
        assertEquals(
                "ceo@example.test",
                event.path("data").path("violation").path("address").asText());
        assertTrue(event.path("data").path("headerBase64").isMissingNode());
        Topics.await(() -> is("delivered", id));
        assertEquals(1, told(id).size());
    }

    @Test
    void aDeadTargetDelaysNeitherTheOtherNorMail() {
        UUID id = refuse();
        awaitTold(id, 1);
        topics.await(1, (id + ".ndr")::equals);
        assertTrue(pending("dead") > 0);
    }

    @Test
    void accountsOfOtherDomainsAreNotItsBusiness() {
        UUID other = refuse("alice@example.test");
        UUID id = refuse();
        awaitTold(id, 1);
        topics.await(1, (other + ".ndr")::equals);
        assertEquals(List.of(), told(other));
    }

    @Test
    void aFailureIsRepeatedLaterUnderTheSameId() throws Exception {
        receiver.next(500);
        UUID id = refuse();
        Receiver.Request first = awaitTold(id, 1);
        Topics.await(() -> "answered 500".equals(delivery("pending", id).get("error")));
        assertEquals(1, delivery("pending", id).get("attempts"));

        clock.forward(Duration.ofSeconds(11));
        Receiver.Request second = awaitTold(id, 2);

        assertEquals(first.header("webhook-id"), second.header("webhook-id"));
        assertEquals(first.body(), second.body());
        assertNotEquals(first.header("webhook-timestamp"), second.header("webhook-timestamp"));
        assertTrue(isSigned(second, Parts.WEBHOOK_SECRETS.getFirst()));
        Topics.await(() -> is("delivered", id));
    }

    @Test
    void aRedirectIsNotFollowed() {
        receiver.next(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
        });
        UUID id = refuse();
        Topics.await(() -> "answered 307".equals(delivery("pending", id).get("error")));
        assertEquals(
                List.of("/hook"), told(id).stream().map(Receiver.Request::path).toList());
    }

    /** Headers at once, and then a body without end: the answer is given up, and the next one is told meanwhile. */
    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws InterruptedException {
        var end = new CountDownLatch(1);
        receiver.next(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        UUID id = refuse();
        Topics.await(
                () -> "no answer within 2000 ms".equals(delivery("pending", id).get("error")));
        end.countDown();
        awaitTold(refuse(), 1);
    }

    @Test
    void whatIsGivenUpIsListedAndTriedAgainByAnOperator() {
        receiver.next(500);
        UUID id = refuse();
        awaitTold(id, 1);
        Topics.await(() -> delivery("pending", id).get("error") != null);
        receiver.next(503);
        clock.forward(Duration.ofDays(1));
        Topics.await(() -> is("failed", id));
        assertEquals("answered 503", delivery("failed", id).get("error"));

        as("auditor").post(PATH + "/siem/retries").then().statusCode(403);
        as("admin")
                .body(Map.of("delivery", UUID.randomUUID() + ".incident"))
                .post(PATH + "/siem/retries")
                .then()
                .statusCode(200)
                .body("deliveries", equalTo(0));
        as("admin")
                .body(Map.of("delivery", id + ".incident"))
                .post(PATH + "/siem/retries")
                .then()
                .statusCode(200)
                .body("deliveries", equalTo(1));
        awaitTold(id, 3);
        Topics.await(() -> is("delivered", id));
        assertEquals(1, delivery("delivered", id).get("attempts"));
    }

    @Test
    void whoSaysGoneIsNotAskedAgain() {
        receiver.next(410);
        UUID id = refuse();
        Topics.await(() -> is("failed", id));
        assertEquals("answered 410", delivery("failed", id).get("error"));
    }

    /** A notifier that claimed a delivery and died leaves it to whoever looks when its time is over. */
    @Test
    void aDeliveryOfANotifierThatDiedIsTakenOver() throws Exception {
        Target target = targets.all().stream()
                .filter(one -> one.name().equals("siem"))
                .findAny()
                .orElseThrow();
        receiver.next(500);
        UUID id = refuse();
        Topics.await(() -> delivery("pending", id).get("error") != null);
        // It falls due for both, and the other one is faster: one step ahead of this test's notifier.
        Instant lost = clock.instant().plus(Duration.ofMinutes(10));
        List<Delivery> claimed = claimAhead(target, lost);
        assertEquals(
                List.of(id + ".incident"), claimed.stream().map(Delivery::id).toList());
        clock.forward(Duration.ofMinutes(5));
        awaitTold(refuse(), 1);
        assertEquals(1, told(id).size());
        clock.forward(Duration.ofMinutes(6));
        awaitTold(id, 2);
    }

    /** Claims what will be due within ten seconds, as a notifier with a fast clock would. */
    private List<Delivery> claimAhead(Target target, Instant until) throws SQLException {
        var fast = new DeliveryStore(targets, Clock.offset(clock, Duration.ofSeconds(11)));
        return database.transaction(connection -> fast.claim(connection, target, 100, until));
    }

    @Test
    void severalNotifiersClaimEachOnce() throws Exception {
        Target target = new Target("several", targets.all().getFirst().url(), null, Set.of());
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ids.add("several-" + i);
        }
        UUID incident = refuse();
        awaitTold(incident, 1);
        Topics.await(() -> is("delivered", incident));
        database.<Boolean, RuntimeException>transaction(connection -> {
            try (var add = connection.prepareStatement("""
                    INSERT INTO webhook_delivery (target, id, incident, created_at, state, since, due_at, body)
                    SELECT 'several', unnest(?), ?, now(), 'pending', now(), '2026-01-01', '{}'""")) {
                add.setArray(1, connection.createArrayOf("text", ids.toArray()));
                add.setObject(2, incident);
                return add.executeUpdate() == ids.size();
            }
        });
        Instant until = clock.instant().plus(Duration.ofMinutes(1));
        // Two transactions side by side: the second passes over what the first holds.
        List<String> claimed = database.transaction(first -> {
            var all = new ArrayList<>(store.claim(first, target, 15, until));
            all.addAll(database.transaction(second -> store.claim(second, target, 100, until)));
            return all.stream().map(Delivery::id).sorted().toList();
        });
        assertEquals(ids.stream().sorted().toList(), claimed);
    }

    @Test
    void operatorsSeeTargetsAndPages() {
        as("auditor")
                .get(PATH)
                .then()
                .statusCode(200)
                .body("webhooks.name.sort()", equalTo(List.of("dead", "siem")))
                .body("webhooks.find { it.name == 'siem' }.domains", equalTo(List.of(Parts.WEBHOOK_DOMAIN)));
        for (int i = 0; i < 3; i++) {
            UUID id = refuse();
            awaitTold(id, 1);
            Topics.await(() -> is("delivered", id));
        }
        String next = as("admin")
                .queryParam("state", "delivered")
                .queryParam("limit", 2)
                .get(PATH + "/siem/deliveries")
                .then()
                .body("deliveries", hasSize(2))
                .extract()
                .path("next");
        List<String> second = as("admin")
                .queryParam("state", "delivered")
                .queryParam("limit", 1)
                .queryParam("after", next)
                .get(PATH + "/siem/deliveries")
                .then()
                .body("deliveries", hasSize(1))
                .extract()
                .path("deliveries.id");
        assertNotEquals(next, second.getFirst());
        as("admin").get(PATH + "/nobody/deliveries").then().statusCode(404);
        as("admin").post(PATH + "/nobody/retries").then().statusCode(404);
        as("admin")
                .queryParam("state", "lost")
                .get(PATH + "/siem/deliveries")
                .then()
                .statusCode(400);
        as("edge").get(PATH).then().statusCode(403);
        given().get(PATH).then().statusCode(401);
    }
}
