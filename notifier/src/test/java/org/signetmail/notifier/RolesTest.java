package org.signetmail.notifier;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
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
import org.signetmail.local.contract.RoleTable;

/** Each endpoint by each role, as deploy/contract/roles.txt has it. */
@QuarkusTest
@WithTestResource(Parts.class)
class RolesTest {
    private static final String SERVICE = "notifier";
    private static final List<Integer> NO_ANSWERS = List.of(401, 403, 405, 415, 500);

    static List<RoleTable.Row> rows() {
        return RoleTable.of(SERVICE);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void onlyTheseRolesMay(RoleTable.Row row) {
        Stream<Executable> checks = RoleTable.ROLES.stream().map(role -> () -> {
            Response response = ask(row, given().auth().oauth2(Parts.token(role)));
            if (row.allows(role)) {
                assertFalse(NO_ANSWERS.contains(response.statusCode()), role + response.asString());
            } else {
                assertProblem(403, response);
            }
        });
        assertAll(checks);
        assertProblem(401, ask(row, given()));
    }

    @Test
    void noEndpointIsWithoutARow() {
        assertEquals(
                RoleTable.endpoints(SERVICE),
                rows().stream().map(RoleTable.Row::endpoint).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Response ask(RoleTable.Row row, RequestSpecification request) {
        return request.contentType(ContentType.JSON).body("{}").request(row.method(), row.sample());
    }

    private static void assertProblem(int status, Response response) {
        assertEquals(status, response.statusCode(), response.asString());
        assertTrue(response.contentType().startsWith("application/problem+json"), response.contentType());
    }
}
