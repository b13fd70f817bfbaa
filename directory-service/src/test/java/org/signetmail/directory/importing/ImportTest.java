package org.signetmail.directory.importing;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.signetmail.directory.parts.Client.as;
import static org.signetmail.directory.parts.Client.authenticate;
import static org.signetmail.directory.parts.Client.json;
import static org.signetmail.directory.parts.Client.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.parts.Parts;

@QuarkusTest
@QuarkusTestResource(Parts.class)
class ImportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource("/api/v1/imports")
    URI imports;

    @Test
    void goodLinesAreWrittenAndBadOnesNamed() throws Exception {
        String good = "{'login':'imported','password':'imported-password',"
                + "'addresses':[{'address':'imported@import.test','primary':true}]}";
        List<JsonNode> answer = post(Stream.of(
                good,
                "{'login':'imported-2','addresses':[{'address':'IMPORTED@import.test','primary':true}]}",
                "",
                "{'login':'imported-3','addresses':[{'address':'none','primary':true}]}",
                "{'login':'imported-4'",
                "null",
                "{'displayName':'nameless'}",
                "x".repeat(300_000),
                "{'login':'imported-5'}"));
        assertFault(answer.get(0), 2, 409, "addresses[0].address");
        assertEquals("imported-2", answer.get(0).path("login").asText());
        assertFault(answer.get(1), 4, 400, "addresses[0].address");
        assertFault(answer.get(2), 5, 400, null);
        assertFault(answer.get(3), 6, 400, null);
        assertFault(answer.get(4), 7, 400, "login");
        assertFault(answer.get(5), 8, 400, null);
        JsonNode last = answer.getLast();
        assertTrue(last.path("done").asBoolean());
        assertEquals(8, last.path("lines").asInt());
        assertEquals(2, last.path("created").asInt());
        assertEquals(6, last.path("failed").asInt());
        as("admin").get("/api/v1/accounts/imported-5").then().statusCode(200);
        authenticate("imported", "imported-password").body("authenticated", equalTo(true));
    }

    @Test
    void aRepeatedImportChangesNothing() throws Exception {
        List<String> lines = IntStream.range(0, 250)
                .mapToObj(i -> "{'login':'again-" + i + "','addresses':[{'address':'again-" + i
                        + "@import.test','primary':true}]}")
                .toList();
        assertEquals(250, post(lines.stream()).getLast().path("created").asInt());
        JsonNode again = post(lines.stream()).getLast();
        assertEquals(250, again.path("unchanged").asInt());
        assertEquals(0, again.path("changed").asInt());
    }

    @Test
    void aRepeatedPasswordChangesNothingAndAnotherOneDoes() throws Exception {
        String line = "{'login':'again-password','password':'first-password'}";
        assertEquals(1, post(Stream.of(line)).getLast().path("created").asInt());
        assertEquals(1, post(Stream.of(line)).getLast().path("unchanged").asInt());
        JsonNode other = post(Stream.of(line.replace("first", "other"))).getLast();
        assertEquals(1, other.path("changed").asInt());
        authenticate("again-password", "other-password").body("authenticated", equalTo(true));
        // Within one batch, a line is compared with what the line before it left.
        JsonNode twice = post(Stream.of(line, line.replace("first", "other"))).getLast();
        assertEquals(2, twice.path("changed").asInt());
        authenticate("again-password", "other-password").body("authenticated", equalTo(true));
    }

    @Test
    void linesOfOneBatchSeeWhatThoseBeforeThemLeft() throws Exception {
        String wandering = "'addresses':[{'address':'wandering@import.test','primary':true}]}";
        List<JsonNode> answer = post(Stream.of(
                "{'login':'batch-a'," + wandering,
                "{'login':'batch-b'," + wandering,
                "{'login':'batch-a'}",
                "{'login':'batch-c'," + wandering,
                "{'login':'batch-a'}"));
        assertFault(answer.getFirst(), 2, 409, "addresses[0].address");
        JsonNode last = answer.getLast();
        assertEquals(2, last.path("created").asInt());
        assertEquals(1, last.path("changed").asInt());
        assertEquals(1, last.path("unchanged").asInt());
        as("admin").get("/api/v1/accounts/batch-b").then().statusCode(404);
        as("admin")
                .get("/api/v1/accounts/batch-c")
                .then()
                .body("addresses[0].address", equalTo("wandering@import.test"));
    }

    @Test
    void anImportGoesOnBehindTheLastLineThatWasDone() throws Exception {
        List<String> lines = List.of("{'login':'resume-1'}", "", "{'login':'resume-3'}", "{'login':'resume-4'}");
        JsonNode first = post(lines.subList(0, 3).stream()).getLast();
        assertEquals(3, first.path("line").asInt());
        JsonNode rest = post(URI.create(imports + "?from=4"), lines.stream()).getLast();
        assertEquals(4, rest.path("line").asInt());
        assertEquals(1, rest.path("lines").asInt());
        assertEquals(1, rest.path("created").asInt());
        as("admin")
                .contentType("application/x-ndjson")
                .post("/api/v1/imports?from=0")
                .then()
                .statusCode(400)
                .body("field", equalTo("from"));
    }

    @Test
    void whatIsExportedCanBeImported() throws Exception {
        String line = "{'login':'exported','displayName':'Ex Ported','enabled':false,'password':'exported-password',"
                + "'addresses':[{'address':'Exported@import.test','primary':true},{'address':'ex@import.test'}]}";
        assertEquals(1, post(Stream.of(line)).getLast().path("created").asInt());
        var export = as("auditor").get("/api/v1/exports").then().statusCode(200).extract();
        assertTrue(export.contentType().startsWith("application/x-ndjson"));
        List<String> lines = export.asString().lines().toList();
        String mine = lines.stream()
                .filter(next -> next.contains("'exported'".replace('\'', '"')))
                .findFirst()
                .orElseThrow();
        assertEquals(
                json("{'login':'exported','displayName':'Ex Ported','enabled':false,'addresses':["
                        + "{'address':'Exported@import.test','primary':true},"
                        + "{'address':'ex@import.test','primary':false}]}"),
                mine);
        assertEquals(lines.stream().sorted().toList(), lines);
        JsonNode again = post(lines.stream()).getLast();
        assertEquals(lines.size(), again.path("unchanged").asInt());
    }

    /** More faulty lines than the connection's buffers hold reports of, from a client that reads only afterwards. */
    @Test
    void faultsBeyondTheLimitAreOnlyCounted() throws Exception {
        List<JsonNode> answer = post(IntStream.range(0, 5_000).mapToObj(i -> "{'login':'*'}"));
        assertEquals(5_000, answer.getLast().path("failed").asInt());
        assertEquals(1000, answer.stream().filter(line -> line.has("detail")).count());
    }

    private static void assertFault(JsonNode fault, int line, int status, String field) {
        assertEquals(line, fault.path("line").asInt());
        assertEquals(status, fault.path("status").asInt());
        assertEquals(field, fault.path("field").asText(null));
    }

    private List<JsonNode> post(Stream<String> lines) throws Exception {
        return post(imports, lines);
    }

    private static List<JsonNode> post(URI uri, Stream<String> lines) throws Exception {
        byte[] body = lines.map(line -> json(line) + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token("admin"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofLines())
                    .body()
                    .map(ImportTest::parse)
                    .toList();
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("No JSON: " + line, e);
        }
    }
}
