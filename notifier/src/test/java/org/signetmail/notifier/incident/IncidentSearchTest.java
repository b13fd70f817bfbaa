package org.signetmail.notifier.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGStatement;
import org.signetmail.notifier.Events;
import org.signetmail.notifier.MovableClock;
import org.signetmail.notifier.Parts;
import org.signetmail.notifier.database.Database;
import org.signetmail.notifier.database.Schema;
import org.signetmail.notifier.event.Arrival;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;
import org.signetmail.notifier.event.Rejection.Violation;

/** Incidents are found by what people know of them, exported as a stream, and forgotten in time; who looked is on record. */
@QuarkusTest
@WithTestResource(Parts.class)
class IncidentSearchTest {
    private static final String PATH = "/api/v1/incidents";
    private static final String FORMULA = "=cmd,\"x\"@example.test";

    @Inject
    Database database;

    @Inject
    Schema schema;

    @Inject
    IncidentStore store;

    @Inject
    Retention retention;

    @Inject
    MovableClock clock;

    private final String account = "account-" + UUID.randomUUID();
    private UUID forged;
    private UUID malformed;

    @BeforeEach
    void twoIncidents() throws SQLException, InterruptedException {
        schema.await();
        forged = add(new Violation(Reason.FROM, "From", Optional.of(FORMULA), Optional.empty()), Events.TIME);
        malformed = add(Events.detailed(Reason.DISPLAY_NAME, "From", "x"), Events.TIME.plusSeconds(60));
    }

    private UUID add(Violation violation, Instant at) throws SQLException {
        Rejection event = Events.at(Events.rejection(UUID.randomUUID(), violation, ""), account, at);
        database.transaction(
                connection -> store.add(connection, List.of(new Arrival(event, Optional.empty())), clock.instant()));
        return event.submissionId();
    }

    private RequestSpecification as(String role) {
        return given().auth().oauth2(Parts.token(role)).queryParam("account", account);
    }

    @ParameterizedTest
    @CsvSource({
        "address, '=CMD,\"x\"@example.test', forged",
        "host, 192.0.2.10, both",
        "host, LAPTOP.example.test, both",
        "host, 192.0.2.11, none",
        "from, 2026-01-15T10:01:00.020Z, malformed",
        "from, 2026-01-15T11:01:00.020+01:00, malformed",
        "until, 2026-01-15T10:01:00.020Z, forged",
        "reason, display-name, malformed",
        "reason, suspended, none"
    })
    void whatIsKnownFindsThem(String parameter, String value, String expected) {
        List<String> ids = switch (expected) {
            case "forged" -> List.of(forged.toString());
            case "malformed" -> List.of(malformed.toString());
            case "both" -> List.of(malformed.toString(), forged.toString());
            default -> List.of();
        };
        as("auditor")
                .queryParam(parameter, value)
                .get(PATH)
                .then()
                .statusCode(200)
                .body("incidents.id", equalTo(ids));
    }

    @ParameterizedTest
    @CsvSource({"from, yesterday", "until, 2026", "reason, bad"})
    void aWrongParameterIsNamed(String parameter, String value) {
        as("auditor")
                .queryParam(parameter, value)
                .get(PATH)
                .then()
                .statusCode(400)
                .body("field", equalTo(parameter));
    }

    @Test
    void csvHasALineEachAndNoFormulas() {
        String csv = as("auditor")
                .queryParam("format", "csv")
                .get(PATH + "/export")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .extract()
                .asString();
        assertEquals(
                "id,rejectedAt,account,host,helo,enforced,reason,field,address\r\n"
                        + malformed + ",2026-01-15T10:01:00.020Z," + account
                        + ",192.0.2.10,laptop.example.test,true,display-name,From,\r\n"
                        + forged + ",2026-01-15T10:00:00.020Z," + account
                        + ",192.0.2.10,laptop.example.test,true,from,From,\"'=cmd,\"\"x\"\"@example.test\"\r\n",
                csv);
    }

    @Test
    void jsonHasTheWholeEvents() {
        as("auditor")
                .get(PATH + "/export")
                .then()
                .statusCode(200)
                .body("submissionId", equalTo(List.of(malformed.toString(), forged.toString())))
                .body("[1].violation.address", equalTo(FORMULA));
        as("auditor").queryParam("format", "xml").get(PATH + "/export").then().statusCode(400);
        as("auditor")
                .queryParam("reason", "suspended")
                .get(PATH + "/export")
                .then()
                .body("$", hasSize(0));
    }

    @Test
    void whoLookedIsOnRecord() {
        as("auditor").get(PATH).then().statusCode(200);
        as("admin").queryParam("format", "csv").get(PATH + "/export").then().statusCode(200);
        given().auth()
                .oauth2(Parts.token("auditor"))
                .get(PATH + "/" + forged)
                .then()
                .statusCode(200);
        var accesses = given().auth()
                .oauth2(Parts.token("auditor"))
                .queryParam("who", "somebody")
                .queryParam("limit", 3)
                .get("/api/v1/incident-accesses")
                .then()
                .statusCode(200)
                .body("accesses.what", equalTo(List.of("read", "export", "list")))
                .body("accesses[0].query", equalTo(forged.toString()))
                .body("accesses[1].query", equalTo("account=" + account + "&format=csv"))
                .extract()
                .jsonPath();
        assertTrue(accesses.getLong("next") > 0);
        given().auth()
                .oauth2(Parts.token("edge"))
                .get("/api/v1/incident-accesses")
                .then()
                .statusCode(403);
    }

    @Test
    void theSearchIsDoneByItsIndexes() throws SQLException {
        var search = new Search(
                Optional.empty(),
                Optional.of("nobody@example.test"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        String plan = database.transaction(connection -> {
            try (PreparedStatement off = connection.prepareStatement("SET LOCAL enable_seqscan = off")) {
                off.execute();
            }
            try (PreparedStatement select = search.prepare(connection, "id", Optional.empty(), 10);
                    PreparedStatement explain =
                            connection.prepareStatement("EXPLAIN " + select.unwrap(PGStatement.class));
                    ResultSet row = explain.executeQuery()) {
                var lines = new StringBuilder();
                while (row.next()) {
                    lines.append(row.getString(1)).append('\n');
                }
                return lines.toString();
            }
        });
        assertTrue(plan.contains("incident_of_address"), plan);
    }

    @Test
    void whatIsOldIsForgotten() throws SQLException {
        UUID old = add(Events.forged(Reason.FROM, "From"), clock.instant().minus(Duration.ofDays(366)));
        UUID young = add(Events.forged(Reason.FROM, "From"), clock.instant().minus(Duration.ofDays(364)));
        retention.clean();
        given().auth()
                .oauth2(Parts.token("auditor"))
                .get(PATH + "/" + old)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(Parts.token("auditor"))
                .get(PATH + "/" + young)
                .then()
                .statusCode(200);
    }
}
