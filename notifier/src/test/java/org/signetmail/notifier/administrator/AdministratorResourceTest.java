package org.signetmail.notifier.administrator;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.notifier.Parts;
import org.signetmail.notifier.database.Schema;

@QuarkusTest
@WithTestResource(Parts.class)
class AdministratorResourceTest {
    private static final String PATH = "/api/v1/administrators";
    private static final String TWO = """
            {"administrators":[{"address":"Ops@Example.TEST","language":"de"},{"address":"desk@example.net"}]}""";

    @Inject
    Schema schema;

    private final String domain = "d" + UUID.randomUUID() + ".example";

    @BeforeEach
    void tables() throws InterruptedException {
        schema.await();
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(Parts.token(role)).contentType(ContentType.JSON);
    }

    @Test
    void aDomainHasSeveralInTheirOrderAndLanguages() {
        as("admin")
                .body(TWO)
                .put(PATH + "/" + domain.toUpperCase(java.util.Locale.ROOT))
                .then()
                .statusCode(200);
        as("auditor")
                .get(PATH + "/" + domain)
                .then()
                .statusCode(200)
                .body("domain", equalTo(domain))
                .body("administrators.address", equalTo(List.of("Ops@example.test", "desk@example.net")))
                .body("administrators.language", equalTo(List.of("de", "en")));
        as("admin")
                .body("{\"administrators\":[{\"address\":\"new@example.test\"}]}")
                .put(PATH + "/" + domain)
                .then()
                .statusCode(200);
        as("admin")
                .get(PATH + "/" + domain)
                .then()
                .body("administrators.address", equalTo(List.of("new@example.test")));
        as("admin").delete(PATH + "/" + domain).then().statusCode(204);
        as("admin").get(PATH + "/" + domain).then().statusCode(404);
        as("admin").delete(PATH + "/" + domain).then().statusCode(404);
    }

    @Test
    void aDomainIsItsALabel() {
        as("admin")
                .body(TWO)
                .put(PATH + "/büro-" + domain)
                .then()
                .statusCode(200)
                .body("domain", startsWith("xn--"));
    }

    @Test
    void pagesGoByNameAndTellTheDefaults() {
        String first = "a." + domain;
        String second = "b." + domain;
        as("admin").body(TWO).put(PATH + "/" + first).then().statusCode(200);
        as("admin").body(TWO).put(PATH + "/" + second).then().statusCode(200);
        as("auditor")
                .queryParam("after", "a")
                .queryParam("limit", 1)
                .get(PATH)
                .then()
                .body("defaults.address", equalTo(List.of("postmaster@example.test")))
                .body("domains", hasSize(1))
                .body("next", startsWith("a."));
        as("auditor")
                .queryParam("after", first)
                .get(PATH)
                .then()
                .body("domains.domain", hasItem(second))
                .body("domains.domain", not(hasItem(first)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"administrators\":[]}",
                "{\"administrators\":[{}]}",
                "{\"administrators\":[{\"address\":\"nobody\"}]}",
                "{\"administrators\":[{\"address\":\"a@example.test\",\"language\":\"xx\"}]}",
                "{\"administrators\":[{\"address\":\"a@example.test\"},{\"address\":\"a@EXAMPLE.test\"}]}"
            })
    void whatIsWrongIsRefused(String body) {
        as("admin")
                .body(body)
                .put(PATH + "/" + domain)
                .then()
                .statusCode(400)
                .contentType(startsWith("application/problem+json"));
        as("admin").get(PATH + "/" + domain).then().statusCode(404);
    }

    @Test
    void auditorsOnlyRead() {
        as("auditor").body(TWO).put(PATH + "/" + domain).then().statusCode(403);
        as("auditor").delete(PATH + "/" + domain).then().statusCode(403);
        as("edge").get(PATH).then().statusCode(403);
        given().get(PATH).then().statusCode(401);
        as("admin").body(TWO).put(PATH + "/no domain").then().statusCode(400);
    }
}
