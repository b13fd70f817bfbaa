package org.signetmail.policy.operation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.signetmail.local.process.Layout;
import org.signetmail.policy.stack.PolicyStack;

/** What the management port serves: health, metrics as the README lists them, and the OpenAPI document that the contract keeps. */
@QuarkusTest
@QuarkusTestResource(PolicyStack.class)
class ManagementTest {
    private static final Path KEPT = Layout.root().resolve("deploy/contract/openapi/policy-service.yaml");

    private static final Pattern METRIC = Pattern.compile("(?m)^\\| `(signet_policy_[a-z_]+)` \\|");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (signet_policy_\\S+) \\S+");

    @TestHTTPResource(value = "", management = true)
    URI management;

    @Test
    void itIsAliveAndGetsReady() {
        given().get(management.resolve("health/live")).then().statusCode(200);
        Instant end = Instant.now().plusSeconds(20);
        while (given().get(management.resolve("health/ready")).statusCode() != 200) {
            assertTrue(Instant.now().isBefore(end), "ready in time");
        }
        given().get(management.resolve("health/ready")).then().body("status", equalTo("UP"));
    }

    @Test
    void everyMetricIsThereFromTheStartAndInTheReadme() throws IOException {
        String metrics = given().accept("text/plain")
                .get(management.resolve("metrics"))
                .then()
                .statusCode(200)
                .body(containsString("signet_policy_verdicts_total{outcome=\"reject\",reason=\"suspended\","))
                .body(containsString("signet_policy_judge_seconds_bucket"))
                .extract()
                .asString();
        SortedSet<String> exposed = ReadmeTest.found(HELP, metrics);
        exposed.removeIf(name -> name.endsWith("_max")); // comes with each timer
        assertEquals(exposed, ReadmeTest.inReadme(METRIC));
    }

    @Test
    void theContractKeepsTheServedOpenApiDocument() throws IOException {
        String served = given().get(management.resolve("openapi"))
                .then()
                .statusCode(200)
                .extract()
                .asString();
        if (Boolean.getBoolean("signet.write-openapi")) {
            Files.createDirectories(KEPT.getParent());
            Files.writeString(KEPT, served);
        }
        assertEquals(Files.readString(KEPT), served);
    }
}
