package org.signetmail.directory.credential;

import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.authenticate;
import static org.signetmail.directory.parts.Client.putAccount;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Base64;
import java.util.List;
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
    void aQuestionWithoutPasswordIsNoQuestion() {
        as("edge")
                .body("{\"login\":\"open\"}")
                .post("/api/v1/authentications")
                .then()
                .statusCode(400);
    }

    @Test
    void theEdgeReadsTheVerifierOfAnEnabledAccountOnly() {
        putAccount("scram", "{'password':'scram-password'}").statusCode(201);
        JsonPath json = as("edge")
                .get("/api/v1/accounts/scram/scram-verifier")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        var verifier = new Verifier(
                Base64.getDecoder().decode(json.getString("salt")),
                json.getInt("iterations"),
                Base64.getDecoder().decode(json.getString("storedKey")),
                Base64.getDecoder().decode(json.getString("serverKey")));
        assertEquals(4096, verifier.iterations());
        Verifier derived = Scram.derive("scram-password".toCharArray(), verifier.salt(), 4096);
        assertArrayEquals(derived.storedKey(), verifier.storedKey());
        assertArrayEquals(derived.serverKey(), verifier.serverKey());
        putAccount("scram", "{'enabled':false}").statusCode(200);
        for (String login : List.of("scram", "nobody")) {
            as("edge")
                    .get("/api/v1/accounts/" + login + "/scram-verifier")
                    .then()
                    .statusCode(404);
        }
    }
}
