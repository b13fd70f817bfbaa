package org.signetmail.notifier.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.local.process.Layout;
import org.signetmail.notifier.Events;
import org.signetmail.notifier.MovableClock;
import org.signetmail.notifier.Parts;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.database.Schema;
import org.signetmail.notifier.event.Arrival;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;

@QuarkusTest
@WithTestResource(Parts.class)
class IncidentResourceTest {
    private static final String PATH = "/api/v1/incidents";

    @Inject
    Database database;

    @Inject
    Schema schema;

    @Inject
    IncidentStore store;

    @Inject
    MovableClock clock;

    @Test
    void pagesGoFromTheNewestToTheOldest() throws Exception {
        String account = "account-" + UUID.randomUUID();
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            newestFirst.addFirst(add(account, Events.TIME.plusSeconds(i / 2)).toString());
        }
        // Two at a time share their instant, so that the id decides.
        var read = new ArrayList<String>();
        String next = "";
        do {
            var answer = as("auditor")
                    .queryParam("account", account)
                    .queryParam("limit", 2)
                    .queryParams(next.isEmpty() ? Map.of() : Map.of("after", next))
                    .get(PATH)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            read.addAll(answer.getList("incidents.id"));
            next = answer.getMap("").containsKey("next") ? answer.getString("next") : "";
        } while (!next.isEmpty());

        assertEquals(5, read.size());
        assertEquals(newestFirst.getFirst(), read.getFirst());
        assertEquals(
                newestFirst.stream().sorted().toList(), read.stream().sorted().toList());
    }

    @Test
    void aSummarySaysWhoTriedWhat() throws Exception {
        String account = "account-" + UUID.randomUUID();
        UUID id = add(account, Events.TIME);
        as("admin")
                .queryParam("account", account)
                .get(PATH)
                .then()
                .body("incidents[0].id", equalTo(id.toString()))
                .body("incidents[0].rejectedAt", equalTo("2026-01-15T10:00:00.020Z"))
                .body("incidents[0].reason", equalTo("from"))
                .body("incidents[0].field", equalTo("From"))
                .body("incidents[0].address", equalTo("ceo@example.test"))
                .body("incidents[0].enforced", equalTo(true))
                .body("$", not(hasKey("next")));
    }

    @ParameterizedTest
    @CsvSource({"limit,0", "limit,201", "limit,many", "after,nothing", "after,00000000-0000-0000-0000-000000000000"})
    void aWrongParameterIsNamed(String parameter, String value) {
        as("admin")
                .queryParam(parameter, value)
                .get(PATH)
                .then()
                .statusCode(400)
                .contentType(startsWith("application/problem+json"))
                .body("field", equalTo(parameter))
                .body("status", equalTo(400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "00000000-0000-0000-0000-000000000000"})
    void anUnknownIncidentIsNotFound(String id) {
        as("admin")
                .get(PATH + "/" + id)
                .then()
                .statusCode(404)
                .contentType(startsWith("application/problem+json"))
                .body("title", equalTo("Not Found"));
    }

    @Test
    void peopleOnlyMayRead() {
        given().get(PATH).then().statusCode(401).contentType(startsWith("application/problem+json"));
        given().auth().oauth2("no.token.atall").get(PATH).then().statusCode(401);
        for (String service : List.of("edge", "policy")) {
            as(service).get(PATH).then().statusCode(403).contentType(startsWith("application/problem+json"));
        }
        given().get("/q/openapi").then().statusCode(401);
    }

    @Test
    void theOpenApiDocumentIsTheContracts() throws IOException {
        Path file = Layout.root().resolve("deploy/contract/openapi/notifier.yaml");
        String served =
                as("admin").get("/q/openapi").then().statusCode(200).extract().asString();
        if (Boolean.getBoolean("signet.write-openapi")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, served);
        }
        assertEquals(Files.readString(file), served);
    }

    private UUID add(String account, Instant at) throws SQLException, InterruptedException {
        schema.await();
        Rejection event =
                Events.at(Events.rejection(UUID.randomUUID(), Events.forged(Reason.FROM, "From"), ""), account, at);
        database.transaction(
                connection -> store.add(connection, List.of(new Arrival(event, Optional.empty())), clock.instant()));
        return event.submissionId();
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(Parts.token(role));
    }
}
