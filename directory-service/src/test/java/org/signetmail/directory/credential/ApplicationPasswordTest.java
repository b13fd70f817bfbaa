package org.signetmail.directory.credential;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.authenticate;
import static org.signetmail.directory.parts.Client.json;
import static org.signetmail.directory.parts.Client.originators;
import static org.signetmail.directory.parts.Client.putAccount;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.database.Database;
import org.signetmail.directory.database.Sql;
import org.signetmail.directory.parts.Parts;

/** From the password that an administrator hands out to the sign-in, and to its end. */
@QuarkusTest
@QuarkusTestResource(Parts.class)
class ApplicationPasswordTest {
    private static final String INSIDE = "192.0.2.7";
    private static final String OUTSIDE = "198.51.100.7";

    @Inject
    Database database;

    @Test
    void itSignsInBesideTheOwnPasswordAndIsShownOnce() {
        putAccount("ap-alice", "{'password':'own-password'}").statusCode(201);
        ValidatableResponse answer =
                issue("ap-alice", "{'label':'Printer, 2nd floor'}").statusCode(201);
        String id = answer.extract().path("credential.id");
        String password = answer.extract().path("password");
        answer.header("Cache-Control", "no-store").header("Location", containsString(path("ap-alice") + "/" + id));
        assertTrue(password.matches("signet(-[0-9a-hjkmnp-tv-z]{4}){6}"), password);

        authenticate("AP-alice", password)
                .body("authenticated", equalTo(true))
                .body("account", equalTo("ap-alice"))
                .body("credential", equalTo(id));
        authenticate("ap-alice", "own-password")
                .body("authenticated", equalTo(true))
                .body("credential", nullValue());
        authenticate("ap-alice+" + id, password).body("account", equalTo("ap-alice"));
        authenticate("ap-alice", password.toUpperCase(Locale.ROOT).replace("-", " "))
                .body("credential", equalTo(id));
        for (String[] wrong : List.of(
                new String[] {"ap-alice+" + id, "own-password"},
                new String[] {"ap-alice", password.substring(0, password.length() - 1) + "-"},
                new String[] {"ap-nobody", password},
                new String[] {"ap-alice+00000000", password},
                new String[] {"ap-alice+", password})) {
            authenticate(wrong[0], wrong[1]).body("authenticated", equalTo(false));
        }
        as("auditor")
                .get(path("ap-alice"))
                .then()
                .statusCode(200)
                .body("credentials", hasSize(1))
                .body("credentials[0].label", equalTo("Printer, 2nd floor"))
                .body("credentials[0].createdBy", equalTo("admin"))
                .body(not(containsString(password)));
    }

    @Test
    void thePasswordOfOneAccountIsNoneOfAnother() {
        putAccount("ap-one", "{}").statusCode(201);
        putAccount("ap-two", "{}").statusCode(201);
        String password = issue("ap-one", "{'label':'one'}").extract().path("password");
        authenticate("ap-one", password).body("authenticated", equalTo(true));
        authenticate("ap-two", password).body("authenticated", equalTo(false));
    }

    @Test
    void revokedItIsWrongAndGoneFromTheOriginators() {
        putAccount("ap-bob", "{}").statusCode(201);
        originators("ap-bob").body("credentials", empty());
        JsonPath issued = issue("ap-bob", "{'label':'phone'}").extract().jsonPath();
        String one = path("ap-bob") + "/" + issued.getString("credential.id");
        originators("ap-bob").body("credentials.id", contains(issued.getString("credential.id")));
        long before = version("ap-bob");
        as("admin").delete(one).then().statusCode(204);
        assertTrue(version("ap-bob") > before);
        originators("ap-bob").body("credentials", empty());
        authenticate("ap-bob", issued.getString("password")).body("authenticated", equalTo(false));
        as("admin").delete(one).then().statusCode(404);
        as("admin").get(one).then().statusCode(404);
    }

    @Test
    void itsNetworksBindTheSignIn() {
        putAccount("ap-fax", "{}").statusCode(201);
        JsonPath issued = issue(
                        "ap-fax",
                        "{'label':'fax','networks':['192.0.2.0/24','2001:DB8::/32'],'addresses':['Fax@ap.test','*@ap.test']}")
                .statusCode(201)
                .body("credential.networks", contains("192.0.2.0/24", "2001:db8:0:0:0:0:0:0/32"))
                .extract()
                .jsonPath();
        String password = issued.getString("password");
        authenticateFrom("ap-fax", password, INSIDE).body("authenticated", equalTo(true));
        authenticateFrom("ap-fax", password, "2001:db8::25").body("authenticated", equalTo(true));
        authenticateFrom("ap-fax", password, "::ffff:192.0.2.9").body("authenticated", equalTo(true));
        authenticateFrom("ap-fax", password, OUTSIDE).body("authenticated", equalTo(false));
        authenticate("ap-fax", password).body("authenticated", equalTo(false));
        originators("ap-fax")
                .body("credentials[0].networks", contains("192.0.2.0/24", "2001:db8:0:0:0:0:0:0/32"))
                .body("credentials[0].addresses", contains("Fax@ap.test", "*@ap.test"));
    }

    @Test
    void atItsEndItIsWrongButListed() {
        putAccount("ap-guest", "{}").statusCode(201);
        JsonPath issued = issue("ap-guest", "{'label':'guest','validUntil':'2099-01-01T00:00:00Z'}")
                .statusCode(201)
                .extract()
                .jsonPath();
        authenticate("ap-guest", issued.getString("password")).body("authenticated", equalTo(true));
        String one = path("ap-guest") + "/" + issued.getString("credential.id");
        long before = version("ap-guest");
        as("admin")
                .body(json("{'label':'was a guest','validUntil':'2020-01-01T00:00:00Z'}"))
                .put(one)
                .then()
                .statusCode(200)
                .body("label", equalTo("was a guest"));
        assertTrue(version("ap-guest") > before);
        authenticate("ap-guest", issued.getString("password")).body("authenticated", equalTo(false));
        originators("ap-guest").body("credentials[0].validUntil", equalTo("2020-01-01T00:00:00.000Z"));
        verifier("ap-guest+" + issued.getString("credential.id"), INSIDE).body("account", nullValue());
    }

    @Test
    void aDisabledAccountIsShutForEveryPassword() {
        putAccount("ap-shut", "{}").statusCode(201);
        String password = issue("ap-shut", "{'label':'phone'}").extract().path("password");
        putAccount("ap-shut", "{'enabled':false}").statusCode(200);
        authenticate("ap-shut", password).body("authenticated", equalTo(false));
    }

    /** The user name alone has to say which verifier it is. */
    @Test
    void scramNamesItWithAPlus() {
        putAccount("ap-scram", "{'password':'own-password','limits':{'messagesPerHour':3}}")
                .statusCode(201);
        JsonPath issued = issue("ap-scram", "{'label':'script','networks':['192.0.2.0/24']}")
                .extract()
                .jsonPath();
        String name = "AP-scram+" + issued.getString("credential.id").toUpperCase(Locale.ROOT);
        JsonPath json = verifier(name, INSIDE)
                .body("account", equalTo("ap-scram"))
                .body("credential", equalTo(issued.getString("credential.id")))
                .body("limits.messagesPerHour", equalTo(3))
                .extract()
                .jsonPath();
        byte[] salt = Base64.getDecoder().decode(json.getString("salt"));
        assertArrayEquals(
                Scram.derive(issued.getString("password").toCharArray(), salt, json.getInt("iterations"))
                        .storedKey(),
                Base64.getDecoder().decode(json.getString("storedKey")));
        String same =
                verifier(name, OUTSIDE).body("account", nullValue()).extract().path("salt");
        assertEquals(json.getString("salt"), same);
        String unknown = verifier("ap-scram+00000000", INSIDE)
                .body("account", nullValue())
                .extract()
                .path("salt");
        assertEquals(unknown, verifier("ap-scram+00000000", INSIDE).extract().path("salt"));
        as("edge")
                .get("/api/v1/accounts/ap-scram/scram-verifier?client=mail.example")
                .then()
                .statusCode(400)
                .body("field", equalTo("client"));
    }

    @Test
    void theLastUseIsWrittenOnceInAWhileAndIsNoChange() {
        putAccount("ap-used", "{}").statusCode(201);
        JsonPath issued = issue("ap-used", "{'label':'phone'}").extract().jsonPath();
        String one = path("ap-used") + "/" + issued.getString("credential.id");
        as("admin").get(one).then().body("lastUsedAt", nullValue());
        long before = version("ap-used");
        authenticateFrom("ap-used", issued.getString("password"), INSIDE);
        String first = as("admin")
                .get(one)
                .then()
                .body("lastUsedFrom", equalTo(INSIDE))
                .extract()
                .path("lastUsedAt");
        authenticateFrom("ap-used", issued.getString("password"), OUTSIDE);
        as("admin").get(one).then().body("lastUsedFrom", equalTo(INSIDE)).body("lastUsedAt", equalTo(first));
        database.transaction(connection -> Sql.update(
                connection,
                "UPDATE application_password SET last_used_at = last_used_at - interval '5 minutes' WHERE account = ?",
                "ap-used"));
        as("edge")
                .body("{\"client\":\"" + OUTSIDE + "\"}")
                .post(one + "/uses")
                .then()
                .statusCode(204);
        as("admin").get(one).then().body("lastUsedFrom", equalTo(OUTSIDE));
        assertEquals(before, version("ap-used"));
    }

    @Test
    void anAccountHasTwentyAtMost() {
        putAccount("ap-many", "{}").statusCode(201);
        for (int i = 0; i < 20; i++) {
            issue("ap-many", "{'label':'x'}").statusCode(201);
        }
        issue("ap-many", "{'label':'x'}").statusCode(409);
        String id = as("admin").get(path("ap-many")).path("credentials[0].id");
        as("admin").delete(path("ap-many") + "/" + id).then().statusCode(204);
        issue("ap-many", "{'label':'x'}").statusCode(201);
    }

    @Test
    void whatIsWrongIsNamed() {
        putAccount("ap-wrong", "{}").statusCode(201);
        String[][] faults = {
            {"{}", "label"},
            {"{'label':' '}", "label"},
            {"{'label':'a\\nb'}", "label"},
            {"{'label':'x','addresses':[]}", "addresses"},
            {"{'label':'x','addresses':['a@b.test','nothing']}", "addresses[1]"},
            {"{'label':'x','addresses':['*@b_c']}", "addresses[0]"},
            {"{'label':'x','networks':[]}", "networks"},
            {"{'label':'x','networks':[null]}", "networks[0]"},
            {"{'label':'x','networks':['192.0.2.1/24']}", "networks[0]"},
            {"{'label':'x','validUntil':'2020-01-01T00:00:00Z'}", "validUntil"},
            {"{'label':'x','validUntil':'+20000-01-01T00:00:00Z'}", "validUntil"},
            {"{'label':'x','validUntil':'tomorrow'}", "validUntil"},
            {"{'label':'x','password':'chosen'}", "password"}
        };
        for (String[] fault : faults) {
            issue("ap-wrong", fault[0]).statusCode(400).body("field", equalTo(fault[1]));
        }
        issue("ap-nobody", "{'label':'x'}").statusCode(404);
    }

    /** It would be compared with what it is not. */
    @Test
    void nobodyChoosesAPasswordOfThatShape() {
        putAccount("ap-shape", "{'password':'Signet 0000-1111-2222-3333-4444-5555'}")
                .statusCode(400)
                .body("field", equalTo("password"));
    }

    private static ValidatableResponse issue(String login, String body) {
        return as("admin").body(json(body)).post(path(login)).then();
    }

    private static ValidatableResponse authenticateFrom(String login, String password, String client) {
        return as("edge")
                .body("{\"login\":\"%s\",\"password\":\"%s\",\"client\":\"%s\"}".formatted(login, password, client))
                .post("/api/v1/authentications")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse verifier(String name, String client) {
        return as("edge")
                .get("/api/v1/accounts/" + name + "/scram-verifier?client=" + client)
                .then()
                .statusCode(200);
    }

    private static String path(String login) {
        return "/api/v1/accounts/" + login + "/credentials";
    }

    private static long version(String login) {
        return originators(login).statusCode(200).extract().jsonPath().getLong("version");
    }
}
