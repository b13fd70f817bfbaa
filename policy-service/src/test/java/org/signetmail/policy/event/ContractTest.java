package org.signetmail.policy.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signetmail.local.process.Layout;

/** Every sample of the events that this service reads and writes: valid, read, written again, the same. */
class ContractTest {
    private static final Path CONTRACT = Layout.root().resolve("deploy/contract");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final Map<String, Class<?>> EVENTS = Map.of(
            "submission", Submission.class, "verdict", VerdictEvent.class, "directory-change", DirectoryChange.class);
    /** What the samples have on purpose that no schema knows, as JSON pointers. */
    private static final List<String> UNKNOWN = List.of("/spamScore", "/client/reputation", "/confusables", "/by");

    record Sample(String event, Path file) {}

    static Stream<Sample> samples() {
        return EVENTS.keySet().stream()
                .flatMap(event -> files(CONTRACT.resolve("samples").resolve(event)).stream()
                        .map(file -> new Sample(event, file)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void isReadAndWrittenAgain(Sample sample) throws IOException {
        byte[] original = Files.readAllBytes(sample.file());
        assertValid(sample, JSON.readTree(original));
        byte[] again = EventJson.write(EventJson.read(original, EVENTS.get(sample.event())));
        assertValid(sample, JSON.readTree(again));
        assertEquals(withoutUnknownFields(JSON.readTree(original)), JSON.readTree(again));
    }

    private static void assertValid(Sample sample, JsonNode event) {
        JsonSchema schema = SCHEMAS.getSchema(CONTRACT.resolve("schemas/" + sample.event() + ".v1.schema.json")
                .toUri());
        assertEquals(Set.of(), schema.validate(event));
    }

    private static JsonNode withoutUnknownFields(JsonNode event) {
        for (String pointer : UNKNOWN) {
            int last = pointer.lastIndexOf('/');
            if (event.at(pointer.substring(0, last)) instanceof ObjectNode object) {
                object.remove(pointer.substring(last + 1));
            }
        }
        return event;
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
