package org.signetmail.directory.credential;

import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.authenticate;
import static org.signetmail.directory.parts.Client.putAccount;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.parts.Parts;

@QuarkusTest
@QuarkusTestResource(Parts.class)
class AuthenticationTest {
    @Test
    void theRightPasswordAuthenticatesAsTheStoredLogin() {
        putAccount("sign-in", "{'password':'sign-in-password'}").statusCode(201);
        authenticate("SIGN-in", "sign-in-password")
                .statusCode(200)
                .body("authenticated", equalTo(true))
                .body("account", equalTo("sign-in"));
    }

    @Test
    void everyRefusalReadsTheSame() {
        putAccount("shut", "{'password':'shut-password','enabled':false}").statusCode(201);
        putAccount("open", "{'password':'open-password'}").statusCode(201);
        putAccount("shared", "{}").statusCode(201);
        String[][] refused = {
            {"shut", "shut-password"},
            {"open", "wrong"},
            {"shared", "any"},
            {"no-such-account", "any"},
            {"no*login", "any"}
        };
        for (String[] pair : refused) {
            authenticate(pair[0], pair[1])
                    .statusCode(200)
                    .body("$", aMapWithSize(1))
                    .body("authenticated", equalTo(false));
        }
    }

    @Test
    void theLimitsOfTheAccountComeWithIt() {
        putAccount("limited", "{'password':'limited-password','limits':{'messagesPerHour':7,'maxMessageSize':0}}")
                .statusCode(201)
                .body("limits.messagesPerHour", equalTo(7));
        authenticate("limited", "limited-password")
                .body("limits", aMapWithSize(2))
                .body("limits.messagesPerHour", equalTo(7))
                .body("limits.maxMessageSize", equalTo(0));
        authenticate("limited", "wrong").body("limits", nullValue());
        verifier("limited").body("limits.messagesPerHour", equalTo(7));
        putAccount("limited", "{'limits':{}}").statusCode(200).body("limits", nullValue());
        authenticate("limited", "limited-password")
                .body("authenticated", equalTo(true))
                .body("limits", nullValue());
    }

    @Test
    void theClientIsAnAddress() {
        for (String client : List.of("192.0.2.1", "2001:db8::1")) {
            ask(client).statusCode(200).body("authenticated", equalTo(false));
        }
        ask("mail.example").statusCode(400).body("field", equalTo("client"));
    }

    private static ValidatableResponse ask(String client) {
        return as("edge")
                .body("{\"login\":\"nobody\",\"password\":\"any\",\"client\":\"" + client + "\"}")
                .post("/api/v1/authentications")
                .then();
    }

    @Test
    void whoProvedTheIdentityElsewhereReadsTheSubmitter() {
        putAccount("mapped", "{'limits':{'recipientsPerDay':9}}").statusCode(201);
        as("edge")
                .get("/api/v1/accounts/MAPPED/submitter")
                .then()
                .statusCode(200)
                .body("account", equalTo("mapped"))
                .body("limits.recipientsPerDay", equalTo(9));
        putAccount("mapped", "{'enabled':false}").statusCode(200);
        for (String login : List.of("mapped", "nobody", "no*login")) {
            as("edge").get("/api/v1/accounts/" + login + "/submitter").then().statusCode(404);
        }
    }

    @Test
    void aQuestionWithoutPasswordIsNoQuestion() {
        as("edge")
                .body("{\"login\":\"open\"}")
                .post("/api/v1/authentications")
                .then()
                .statusCode(400);
    }

    @Test
    void theEdgeReadsTheVerifierOfAnEnabledAccount() {
        putAccount("scram", "{'password':'scram-password'}").statusCode(201);
        JsonPath json =
                verifier("SCRAM").body("account", equalTo("scram")).extract().jsonPath();
        var verifier = new Verifier(
                Base64.getDecoder().decode(json.getString("salt")),
                json.getInt("iterations"),
                Base64.getDecoder().decode(json.getString("storedKey")),
                Base64.getDecoder().decode(json.getString("serverKey")));
        assertEquals(4096, verifier.iterations());
        Verifier derived = Scram.derive("scram-password".toCharArray(), verifier.salt(), 4096);
        assertArrayEquals(derived.storedKey(), verifier.storedKey());
        assertArrayEquals(derived.serverKey(), verifier.serverKey());
    }

    @Test
    void whereThereIsNoVerifierTheEdgeReadsOneThatLooksLikeIt() {
        putAccount("decoy-shut", "{'password':'shut-password'}").statusCode(201);
        String salt = verifier("decoy-shut").extract().path("salt");
        putAccount("decoy-shut", "{'enabled':false}").statusCode(200);
        putAccount("decoy-shared", "{}").statusCode(201);
        for (String login : List.of("decoy-shut", "decoy-shared", "decoy-nobody", "no*login")) {
            Map<String, Object> first = verifier(login).extract().path("$");
            Map<String, Object> again =
                    verifier(login.toUpperCase(Locale.ROOT)).extract().path("$");
            assertEquals(first, again);
            assertEquals(Set.of("salt", "iterations", "storedKey", "serverKey"), first.keySet());
            assertEquals(16, octets(first, "salt"));
            assertEquals(32, octets(first, "storedKey"));
            assertEquals(32, octets(first, "serverKey"));
            assertEquals(4096, first.get("iterations"));
        }
        verifier("decoy-shut").body("salt", equalTo(salt));
        String storedKey = verifier("decoy-nobody").extract().path("storedKey");
        verifier("decoy-noone").body("storedKey", not(equalTo(storedKey)));
    }

    private static int octets(Map<String, Object> verifier, String field) {
        return Base64.getDecoder().decode((String) verifier.get(field)).length;
    }

    private static ValidatableResponse verifier(String login) {
        return as("edge")
                .get("/api/v1/accounts/" + login + "/scram-verifier")
                .then()
                .statusCode(200);
    }
}
