package org.signetmail.directory.parts;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/** Requests with the token of a role; the token's name is the role's. */
public final class Client {
    private static final String ACCOUNTS = "/api/v1/accounts/";

    private Client() {}

    public static RequestSpecification as(String role) {
        return as(role, role);
    }

    /** With a token of this name. */
    public static RequestSpecification as(String name, String... roles) {
        return given().auth().oauth2(token(name, roles)).contentType(ContentType.JSON);
    }

    public static String token(String role) {
        return token(role, role);
    }

    private static String token(String name, String... roles) {
        return Jwt.claims().upn(name).groups(Set.of(roles)).expiresIn(3600).sign(privateKey());
    }

    /** Writes an account as the administrator does; the body is JSON with ' for ". */
    public static ValidatableResponse putAccount(String login, String body) {
        return as("admin").body(json(body)).put(ACCOUNTS + login).then();
    }

    public static ValidatableResponse put(String path, String body) {
        return as("admin").body(json(body)).put(path).then();
    }

    public static ValidatableResponse postGrant(String body) {
        return as("admin").body(json(body)).post("/api/v1/grants").then();
    }

    public static ValidatableResponse originators(String login) {
        return as("policy").get(ACCOUNTS + login + "/originators").then();
    }

    public static ValidatableResponse authenticate(String login, String password) {
        return as("edge")
                .body("{\"login\":\"" + login + "\",\"password\":\"" + password + "\"}")
                .post("/api/v1/authentications")
                .then();
    }

    public static String json(String text) {
        return text.replace('\'', '"');
    }

    private static PrivateKey privateKey() {
        String key = ConfigProvider.getConfig().getValue(Parts.PRIVATE_KEY, String.class);
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
