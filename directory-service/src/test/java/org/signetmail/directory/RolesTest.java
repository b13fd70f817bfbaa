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
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signetmail.directory.parts.Client;
import org.signetmail.directory.parts.Parts;
import org.signetmail.local.contract.RoleTable;

/** Each endpoint by each role, as deploy/contract/roles.txt has it: who may not is stopped before anything else is looked at. */
@QuarkusTest
@QuarkusTestResource(Parts.class)
class RolesTest {
    private static final String SERVICE = "directory-service";
    private static final List<Integer> NO_ANSWERS = List.of(401, 403, 405, 415, 500);

    static List<RoleTable.Row> rows() {
        return RoleTable.of(SERVICE);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void onlyTheseRolesMay(RoleTable.Row row) {
        Stream<Executable> checks = RoleTable.ROLES.stream().map(role -> () -> {
            Response response = ask(row, Client.as(role));
            if (row.allows(role)) {
                assertFalse(NO_ANSWERS.contains(response.statusCode()), role + response.asString());
            } else {
                assertProblem(403, response);
            }
        });
        assertAll(checks);
        assertProblem(401, ask(row, given().contentType("application/json")));
    }

    @Test
    void noEndpointIsWithoutARow() {
        assertEquals(
                RoleTable.endpoints(SERVICE),
                rows().stream().map(RoleTable.Row::endpoint).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void aForgedTokenIsNoToken() {
        Response response = given().auth().oauth2(Client.token("admin") + "x").get("/api/v1/accounts");
        assertProblem(401, response);
        assertEquals("Bearer", response.header("WWW-Authenticate"));
    }

    /** Nothing that a row asks for is done: bodies say nothing, and a synchronisation only shows what it would do. */
    private static Response ask(RoleTable.Row row, RequestSpecification request) {
        boolean stream = row.path().endsWith("/imports");
        if (row.path().endsWith("/synchronisations")) {
            request.queryParam("dryRun", "true");
        }
        RequestSpecification whole =
                stream ? request.contentType("application/x-ndjson").body(new byte[0]) : request.body("{}");
        return whole.request(row.method(), row.sample());
    }

    private static void assertProblem(int status, Response response) {
        assertEquals(status, response.statusCode(), response.asString());
        assertTrue(response.contentType().startsWith("application/problem+json"), response.contentType());
        assertEquals(status, response.jsonPath().getInt("status"));
    }
}
