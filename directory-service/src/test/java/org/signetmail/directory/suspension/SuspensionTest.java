package org.signetmail.directory.suspension;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.authenticate;
import static org.signetmail.directory.parts.Client.json;
import static org.signetmail.directory.parts.Client.originators;
import static org.signetmail.directory.parts.Client.putAccount;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.parts.Parts;

@QuarkusTest
@QuarkusTestResource(Parts.class)
class SuspensionTest {
    private static final String REASON = "It tried 20 sender addresses that are not its own within 60 minutes";

    @Test
    void policySuspendsAndTheAdministratorReleases() {
        putAccount("su-alice", "{'password':'su-password'}").statusCode(201);
        long before = version("su-alice");
        suspend("policy", "SU-alice", REASON)
                .statusCode(201)
                .body("reason", equalTo(REASON))
                .body("by", equalTo("policy"));
        long suspended = version("su-alice");
        assertTrue(suspended > before);
        String since = as("auditor").get(path("su-alice")).path("since");
        originators("su-alice")
                .body("enabled", equalTo(true))
                .body("suspended.reason", equalTo(REASON))
                .body("suspended.since", equalTo(since));

        suspend("admin", "su-alice", "another reason").statusCode(200).body("reason", equalTo(REASON));
        assertEquals(suspended, version("su-alice"));
        authenticate("su-alice", "su-password").body("authenticated", equalTo(true));

        as("policy").delete(path("su-alice")).then().statusCode(403);
        as("admin").delete(path("su-alice")).then().statusCode(204);
        assertTrue(version("su-alice") > suspended);
        originators("su-alice").body("suspended", nullValue());
        as("admin").get(path("su-alice")).then().statusCode(404);
        long released = version("su-alice");
        as("admin").delete(path("su-alice")).then().statusCode(204);
        assertEquals(released, version("su-alice"));
        history("su-alice")
                .body("suspensions", hasSize(1))
                .body("suspensions[0].by", equalTo("policy"))
                .body("suspensions[0].endedBy", equalTo("admin"));
    }

    @Test
    void onlyANewPasswordReleases() {
        putAccount("su-bob", "{'password':'first'}").statusCode(201);
        suspend("policy", "su-bob", REASON).statusCode(201);
        for (String still :
                List.of("{'enabled':true}", "{'enabled':false}", "{'displayName':'Bob'}", "{'password':'first'}")) {
            putAccount("su-bob", still).statusCode(200);
            originators("su-bob").body("suspended.reason", equalTo(REASON));
        }
        importLine("{'login':'su-bob','displayName':'Robert','password':'first'}");
        originators("su-bob").body("suspended.reason", equalTo(REASON));
        long before = version("su-bob");
        putAccount("su-bob", "{'password':'second'}").statusCode(200);
        originators("su-bob").body("suspended", nullValue());
        assertTrue(version("su-bob") > before);
        authenticate("su-bob", "second").body("authenticated", equalTo(true));
        history("su-bob")
                .body("suspensions", hasSize(1))
                .body("suspensions[0].endedBy", nullValue())
                .body("suspensions[0].endedAt.length()", equalTo("2026-01-15T10:00:00.000Z".length()));
    }

    @Test
    void aPasswordByScimOrImportReleasesToo() {
        putAccount("su-carol", "{'password':'first','addresses':[{'address':'carol@su.test','primary':true}]}")
                .statusCode(201);
        suspend("admin", "su-carol", "one").statusCode(201);
        scim("su-carol", "first");
        originators("su-carol").body("suspended.reason", equalTo("one"));
        scim("su-carol", "second");
        originators("su-carol").body("suspended", nullValue());
        suspend("admin", "su-carol", "two").statusCode(201);
        importLine("{'login':'su-carol','password':'third'}");
        originators("su-carol").body("suspended", nullValue());
        history("su-carol").body("suspensions.reason", contains("two", "one"));
    }

    @Test
    void whatCannotBeSuspendedIsSaid() {
        suspend("policy", "su-nobody", REASON).statusCode(404).contentType("application/problem+json");
        suspend("policy", "no*login", REASON).statusCode(404);
        putAccount("su-dora", "{}").statusCode(201);
        for (String reason : List.of("", " ", "two\\nlines", "x".repeat(301))) {
            suspend("policy", "su-dora", reason).statusCode(400).body("field", equalTo("reason"));
        }
        as("admin").body("{}").put(path("su-dora")).then().statusCode(400).body("field", equalTo("reason"));
        as("admin")
                .body(json("{'reason':'x','by':'me'}"))
                .put(path("su-dora"))
                .then()
                .statusCode(400)
                .body("field", equalTo("by"));
        as("admin").delete(path("su-nobody")).then().statusCode(404);
        as("admin").get(path("su-nobody") + "/history").then().statusCode(404);
    }

    private static void scim(String login, String password) {
        as("provisioning")
                .body(json("{'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'userName':'" + login
                        + "','password':'" + password + "'}"))
                .put("/scim/v2/Users/" + login)
                .then()
                .statusCode(200);
    }

    private static void importLine(String line) {
        as("admin")
                .contentType("application/x-ndjson")
                .body(json(line).getBytes(UTF_8))
                .post("/api/v1/imports")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse suspend(String role, String login, String reason) {
        return as(role).body("{\"reason\":\"" + reason + "\"}").put(path(login)).then();
    }

    private static ValidatableResponse history(String login) {
        return as("auditor").get(path(login) + "/history").then().statusCode(200);
    }

    private static String path(String login) {
        return "/api/v1/accounts/" + login + "/suspension";
    }

    private static long version(String login) {
        return originators(login).statusCode(200).extract().jsonPath().getLong("version");
    }
}
