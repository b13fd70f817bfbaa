package org.signetmail.directory;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.signetmail.directory.parts.Client;
import org.signetmail.directory.parts.Parts;

/** Each endpoint by each role: who may not is stopped before anything else is looked at. */
@QuarkusTest
@QuarkusTestResource(Parts.class)
class RolesTest {
    private static final List<String> ROLES =
            List.of("edge", "policy", "admin", "auditor", "domain-admin", "provisioning", "stranger");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        GET    | /api/v1/accounts                       | admin auditor domain-admin
        GET    | /api/v1/accounts/nobody                | admin auditor domain-admin
        PUT    | /api/v1/accounts/no*body               | admin
        DELETE | /api/v1/accounts/nobody                | admin
        PUT    | /api/v1/accounts/nobody/addresses      | admin domain-admin
        GET    | /api/v1/accounts/nobody/originators    | policy admin auditor domain-admin
        GET    | /api/v1/accounts/nobody/scram-verifier | edge
        GET    | /api/v1/accounts/nobody/submitter      | edge
        GET    | /api/v1/grants                         | admin auditor domain-admin
        POST   | /api/v1/grants                         | admin domain-admin
        DELETE | /api/v1/grants/0                       | admin domain-admin
        GET    | /api/v1/groups                         | admin auditor domain-admin
        GET    | /api/v1/groups/nobody                  | admin auditor domain-admin
        PUT    | /api/v1/groups/no*body                 | admin
        DELETE | /api/v1/groups/nobody                  | admin
        GET    | /api/v1/groups/nobody/members          | admin auditor domain-admin
        POST   | /api/v1/groups/nobody/members          | admin
        PUT    | /api/v1/groups/nobody/members/nobody   | admin
        DELETE | /api/v1/groups/nobody/members/nobody   | admin
        GET    | /api/v1/domains                        | admin auditor domain-admin
        GET    | /api/v1/domains/nowhere.test           | admin auditor domain-admin
        PUT    | /api/v1/domains/no_where.test          | admin
        DELETE | /api/v1/domains/nowhere.test           | admin
        GET    | /api/v1/domains/no.test/administrators   | admin auditor
        GET    | /api/v1/domains/no.test/administrators/x | admin auditor
        PUT    | /api/v1/domains/no.test/administrators/x | admin
        DELETE | /api/v1/domains/no.test/administrators/x | admin
        POST   | /api/v1/imports                        | admin
        GET    | /api/v1/exports                        | admin auditor
        GET    | /api/v1/synchronisations               | admin auditor
        GET    | /api/v1/synchronisations/0             | admin auditor
        POST   | /api/v1/synchronisations?dryRun=true   | admin
        POST   | /api/v1/synchronisations/0/confirm     | admin
        GET    | /scim/v2/Users                         | admin auditor provisioning
        POST   | /scim/v2/Users                         | admin provisioning
        GET    | /scim/v2/Users/nobody                  | admin auditor provisioning
        PUT    | /scim/v2/Users/nobody                  | admin provisioning
        PATCH  | /scim/v2/Users/nobody                  | admin provisioning
        DELETE | /scim/v2/Users/nobody                  | admin provisioning
        GET    | /scim/v2/ServiceProviderConfig         | admin auditor provisioning
        GET    | /scim/v2/ResourceTypes                 | admin auditor provisioning
        GET    | /scim/v2/Schemas                       | admin auditor provisioning
        POST   | /api/v1/authentications                | edge
        """)
    void onlyTheseRolesMay(String method, String path, String roles) {
        List<String> allowed = Arrays.asList(roles.split(" ", -1));
        Stream<Executable> checks = ROLES.stream().map(role -> () -> {
            Response response = request(path, Client.as(role)).request(method, path);
            if (allowed.contains(role)) {
                assertFalse(List.of(401, 403, 415, 500).contains(response.statusCode()), role + response.asString());
            } else {
                assertProblem(403, response);
            }
        });
        assertAll(checks);
        assertProblem(
                401, request(path, given().contentType("application/json")).request(method, path));
    }

    @Test
    void aForgedTokenIsNoToken() {
        Response response = given().auth().oauth2(Client.token("admin") + "x").get("/api/v1/accounts");
        assertProblem(401, response);
        assertEquals("Bearer", response.header("WWW-Authenticate"));
    }

    private static RequestSpecification request(String path, RequestSpecification request) {
        return path.endsWith("/imports")
                ? request.contentType("application/x-ndjson").body(new byte[0])
                : request.body("{}");
    }

    private static void assertProblem(int status, Response response) {
        assertEquals(status, response.statusCode(), response.asString());
        assertTrue(response.contentType().startsWith("application/problem+json"), response.contentType());
        assertEquals(status, response.jsonPath().getInt("status"));
    }
}
