package org.signetmail.edge.relay;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.edge.FakeDirectory;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.process.Layout;
import org.signetmail.local.process.Ports;

/** What waits is seen and changed by operators: the whole service, a real broker, a next hop that defers. */
@QuarkusTest
@WithTestResource(QueueResourceTest.Parts.class)
class QueueResourceTest {
    private static final String PATH = "/api/v1/queue";

    /** The broker, a next hop's port, and a key that signs tokens. */
    public static final class Parts implements QuarkusTestResourceLifecycleManager {
        private static final KeyPair KEYS = keys();
        private LocalBroker broker;

        @Override
        public Map<String, String> start() {
            try {
                broker = LocalBroker.start(Files.createTempDirectory("signet-queue"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            String port = Integer.toString(Ports.free());
            System.setProperty("signet.test.hop", port);
            System.setProperty("signet.test.broker", broker.bootstrapServers());
            System.setProperty(
                    "signet.test.key",
                    Base64.getEncoder().encodeToString(KEYS.getPrivate().getEncoded()));
            return Map.ofEntries(
                    Map.entry("kafka.bootstrap.servers", broker.bootstrapServers()),
                    Map.entry("signet.directory.token", FakeDirectory.TOKEN),
                    Map.entry("signet.smtp.port", "0"),
                    Map.entry("signet.smtp.tls-port", "-1"),
                    Map.entry("signet.relay.next-hop", "smtp://127.0.0.1:" + port),
                    Map.entry("signet.relay.routes.partner.domains", "partner.test"),
                    Map.entry("signet.relay.routes.partner.next-hops", "smtp://127.0.0.1:" + Ports.free()),
                    Map.entry("signet.relay.set-aside-after", "100ms"),
                    Map.entry("signet.relay.retry-delays", "1h"),
                    Map.entry(
                            "quarkus.oidc.public-key",
                            Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded())));
        }

        @Override
        public void stop() {
            broker.close();
        }

        private static KeyPair keys() {
            try {
                return KeyPairGenerator.getInstance("RSA").generateKeyPair();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has RSA", e);
            }
        }
    }

    @Inject
    OutboundWriter writer;

    private FakeNextHop hop;
    private final String domain = "d" + UUID.randomUUID() + ".test";

    @BeforeEach
    void startHop() {
        hop = FakeNextHop.smtp(Integer.getInteger("signet.test.hop"));
        hop.atRcpt = _ -> "451 4.7.1 Greylisted";
    }

    @AfterEach
    void stopHop() {
        hop.close();
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(token(role));
    }

    static String token(String role) {
        try {
            var key = KeyFactory.getInstance("RSA")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getDecoder().decode(System.getProperty("signet.test.key"))));
            return Jwt.claims()
                    .upn("operator")
                    .groups(Set.of(role))
                    .expiresIn(3600)
                    .sign(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has RSA", e);
        }
    }

    /** A message that the next hop deferred. */
    private OutboundMessage waiting(String user) throws Exception {
        OutboundMessage message = RelayFixture.message("Subject: x\r\n\r\nwaits\r\n", user + "@" + domain);
        writer.write(message);
        Eventually.await("set aside", () -> ids(domain).contains(message.id()));
        return message;
    }

    private static List<String> ids(String destination) {
        return as("admin")
                .queryParam("destination", destination)
                .get(PATH)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("messages.id");
    }

    @Test
    void whatWaitsIsListedByDestinationAndAccount() throws Exception {
        OutboundMessage message = waiting("bob");
        as("auditor")
                .queryParam("destination", domain)
                .queryParam("account", "alice")
                .get(PATH)
                .then()
                .body("messages", hasSize(1))
                .body("messages[0].id", equalTo(message.id()))
                .body("messages[0].account", equalTo("alice"))
                .body("messages[0].mailFrom", equalTo("alice@example.test"))
                .body("messages[0].recipients", equalTo(List.of("bob@" + domain)))
                .body("messages[0].routes", equalTo(List.of("default")))
                .body("messages[0].attempts", equalTo(1))
                .body("messages[0]", not(hasKey("order")))
                .body("$", not(hasKey("next")));
        as("admin")
                .queryParam("destination", domain)
                .queryParam("account", "bob")
                .get(PATH)
                .then()
                .body("messages", hasSize(0));
        as("admin").queryParam("destination", "default").get(PATH).then().body("messages.id", hasItem(message.id()));
    }

    @Test
    void aPageEndsWhereTheNextBegins() throws Exception {
        waiting("a");
        waiting("b");
        waiting("c");
        var first = as("admin")
                .queryParam("destination", domain)
                .queryParam("limit", 2)
                .get(PATH)
                .then()
                .body("messages", hasSize(2))
                .extract()
                .jsonPath();
        as("admin")
                .queryParam("destination", domain)
                .queryParam("after", first.getString("next"))
                .get(PATH)
                .then()
                .body("messages", hasSize(1))
                .body("messages[0].recipients", equalTo(List.of("c@" + domain)));
    }

    @Test
    void aRetryGoesOutNowAndOnce() throws Exception {
        OutboundMessage message = waiting("bob");
        hop.atRcpt = _ -> "250 ok";
        as("admin").post(PATH + "/" + message.id() + "/retry").then().statusCode(204);
        Eventually.await("delivered", () -> hop.received.size() == 1);
        assertEquals("Subject: x\r\n\r\nwaits\r\n", hop.received.getFirst().text());
        Eventually.await("gone from the list", () -> ids(domain).isEmpty());
        as("admin").post(PATH + "/" + message.id() + "/retry").then().statusCode(404);
    }

    @Test
    void whatIsHeldWaitsForItsRelease() throws Exception {
        OutboundMessage message = waiting("bob");
        as("admin")
                .queryParam("reason", "asked for")
                .post(PATH + "/" + message.id() + "/hold")
                .then()
                .statusCode(204);
        Eventually.await(
                "held",
                () -> as("admin")
                                .queryParam("destination", domain)
                                .get(PATH)
                                .then()
                                .extract()
                                .jsonPath()
                                .get("messages[0].order.action")
                        != null);
        as("admin")
                .queryParam("destination", domain)
                .get(PATH)
                .then()
                .body("messages[0].order.action", equalTo("hold"))
                .body("messages[0].order.by", equalTo("operator"))
                .body("messages[0].order.reason", equalTo("asked for"));
        as("admin")
                .post(PATH + "/" + message.id() + "/retry")
                .then()
                .statusCode(409)
                .contentType(startsWith("application/problem+json"));
        hop.atRcpt = _ -> "250 ok";
        as("admin").post(PATH + "/" + message.id() + "/release").then().statusCode(204);
        Eventually.await("delivered", () -> hop.received.size() == 1);
        as("admin").post(PATH + "/" + message.id() + "/release").then().statusCode(404);
    }

    @Test
    void whatIsDeletedIsReportedWithItsReason() throws Exception {
        OutboundMessage message = waiting("bob");
        as("admin").delete(PATH + "/" + message.id()).then().statusCode(400).body("field", equalTo("reason"));
        as("admin")
                .queryParam("reason", "stolen password")
                .delete(PATH + "/" + message.id())
                .then()
                .statusCode(204);
        Eventually.await("gone from the list", () -> ids(domain).isEmpty());
        Eventually.await("the report", () -> reportsOfDeletion(message) == 1);
        assertEquals(0, hop.received.size());
    }

    private static long reportsOfDeletion(OutboundMessage message) {
        Map<String, Object> broker = Map.of("bootstrap.servers", System.getProperty("signet.test.broker"));
        return RelayFixture.records(broker, "signet.undeliverable").stream()
                .filter(record -> record.key().equals(message.id()))
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .filter(event -> event.contains("Deleted by an operator: stolen password"))
                .count();
    }

    @Test
    void whatWaitsForTwoDestinationsIsDeletedForBoth() throws Exception {
        OutboundMessage message =
                RelayFixture.message("Subject: x\r\n\r\nwaits\r\n", "bob@" + domain, "eve@partner.test");
        writer.write(message);
        Eventually.await("set aside for the one", () -> ids(domain).contains(message.id()));
        Eventually.await("set aside for the other", () -> ids("partner").contains(message.id()));

        as("admin")
                .queryParam("reason", "stolen password")
                .delete(PATH + "/" + message.id())
                .then()
                .statusCode(204);

        Eventually.await("gone", () -> ids(domain).isEmpty() && !ids("partner").contains(message.id()));
        Eventually.await("a report of each", () -> reportsOfDeletion(message) == 2);
    }

    @ParameterizedTest
    @CsvSource({"limit,0", "limit,many", "after,x"})
    void aWrongParameterIsNamed(String parameter, String value) {
        as("admin")
                .queryParam(parameter, value)
                .get(PATH)
                .then()
                .statusCode(400)
                .body("field", equalTo(parameter));
    }

    @Test
    void onlyAdministratorsChangeTheQueue() {
        given().get(PATH).then().statusCode(401).contentType(startsWith("application/problem+json"));
        as("edge").get(PATH).then().statusCode(403);
        as("auditor").post(PATH + "/x/retry").then().statusCode(403);
        as("auditor").queryParam("reason", "x").delete(PATH + "/x").then().statusCode(403);
        as("admin").post(PATH + "/x/retry").then().statusCode(404);
    }

    @Test
    void theOpenApiDocumentIsTheContracts() throws Exception {
        Path file = Layout.root().resolve("deploy/contract/openapi/smtp-edge.yaml");
        String served =
                as("admin").get("/q/openapi").then().statusCode(200).extract().asString();
        if (Boolean.getBoolean("signet.write-openapi")) {
            Files.writeString(file, served);
        }
        assertEquals(Files.readString(file, StandardCharsets.UTF_8), served);
    }
}
