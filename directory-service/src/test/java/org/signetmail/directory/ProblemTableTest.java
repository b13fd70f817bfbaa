package org.signetmail.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.directory.parts.Client.json;
import static org.signetmail.directory.parts.Client.put;
import static org.signetmail.directory.parts.Client.putAccount;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signetmail.directory.parts.Client;
import org.signetmail.directory.parts.Parts;
import org.signetmail.local.contract.RoleTable;

/** Bad input of every kind to every endpoint, as problems.txt has it: its sender reads which field is at fault. */
@QuarkusTest
@QuarkusTestResource(Parts.class)
class ProblemTableTest {
    private static final String SERVICE = "directory-service";
    private static final String NONE = "-";

    /** @param field of the problem, or what SCIM calls scimType */
    record Row(String method, String path, String body, int status, String field) {
        private static Row of(String line) {
            List<String> columns =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            String[] request = columns.get(0).split("\\s+", 2);
            return new Row(request[0], request[1], columns.get(1), Integer.parseInt(columns.get(2)), columns.get(3));
        }

        private boolean scim() {
            return path.startsWith("/scim/");
        }

        /** The endpoint that it is sent to, with the role that may. */
        private Optional<RoleTable.Row> endpoint() {
            String bare = path.replaceFirst("\\?.*", "");
            return RoleTable.of(SERVICE).stream()
                    .filter(row -> row.method().equals(method))
                    .filter(row -> pattern(row.path()).matcher(bare).matches())
                    .findFirst();
        }

        private static Pattern pattern(String path) {
            String[] literals = path.split("\\{[^}]*}", -1);
            return Pattern.compile(Arrays.stream(literals).map(Pattern::quote).collect(Collectors.joining("[^/]+")));
        }

        @Override
        public String toString() {
            return method + " " + path + " " + body;
        }
    }

    static List<Row> rows() throws IOException {
        try (var in = Objects.requireNonNull(ProblemTableTest.class.getResourceAsStream("/problems.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }

    @BeforeEach
    void anAccountAndAGroup() {
        put("/api/v1/groups/problem", "{}");
        putAccount(
                "problem",
                "{'password':'problem-password','addresses':[{'address':'problem@problem.test','primary':true}]}");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void itsSenderReadsWhatIsWrong(Row row) {
        String role = row.endpoint().orElseThrow().roles().getFirst();
        RequestSpecification request = Client.as(role).urlEncodingEnabled(false);
        if (row.path().contains("/imports")) {
            request.contentType("application/x-ndjson");
        }
        if (!row.body().isEmpty()) {
            request.body(json(row.body()));
        }
        Response response = request.request(row.method(), row.path());
        assertEquals(row.status(), response.statusCode(), response.asString());
        if (row.status() >= 400) {
            String type = row.scim() ? "application/scim+json" : "application/problem+json";
            assertTrue(response.contentType().startsWith(type), response.contentType());
            String field = response.jsonPath().getString(row.scim() ? "scimType" : "field");
            assertEquals(row.field(), field == null ? NONE : field, response.asString());
            assertTrue(response.jsonPath().getString("detail").length() > 10, response.asString());
        }
    }

    @Test
    void noEndpointIsWithoutARow() throws IOException {
        assertEquals(
                RoleTable.endpoints(SERVICE),
                rows().stream()
                        .map(row -> row.endpoint().orElseThrow().endpoint())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
