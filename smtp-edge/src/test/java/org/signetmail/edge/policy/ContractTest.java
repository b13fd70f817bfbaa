package org.signetmail.edge.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.signetmail.edge.counts.CountEvent;
import org.signetmail.edge.event.EventJson;

/** Every sample of the events of the question and its consequences is read and written again as the contract has it. */
class ContractTest {
    private static final Path CONTRACT = Path.of(System.getProperty("signet.root", ".."), "deploy", "contract");

    private static final Map<String, Class<?>> EVENTS = Map.of(
            "submission", SubmissionEvent.class,
            "verdict", VerdictEvent.class,
            "rejection", RejectionEvent.class,
            "count", CountEvent.class);

    /** Fields that a sample has to show that they are borne. */
    private static final Set<String> UNKNOWN =
            Set.of("spamScore", "reputation", "confusables", "country", "futureField");

    @TestFactory
    Stream<DynamicTest> samples() {
        return EVENTS.entrySet().stream()
                .flatMap(event -> samples(event.getKey()).stream()
                        .map(sample -> DynamicTest.dynamicTest(
                                event.getKey() + "/" + sample.getFileName(),
                                () -> readAndWrite(event.getKey(), event.getValue(), sample))));
    }

    private static void readAndWrite(String name, Class<?> type, Path file) throws IOException {
        JsonNode sample = EventJson.MAPPER.readTree(file.toFile());
        requireValid(name, sample);
        byte[] written = EventJson.write(EventJson.MAPPER.treeToValue(sample, type));
        JsonNode event = EventJson.MAPPER.readTree(written);
        requireValid(name, event);
        assertEquals(known(sample), event);
    }

    private static JsonNode known(JsonNode sample) {
        ObjectNode known = sample.deepCopy();
        known.remove(UNKNOWN);
        if (known.get("client") instanceof ObjectNode client) {
            client.remove(UNKNOWN);
        }
        return known;
    }

    private static void requireValid(String name, JsonNode event) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(CONTRACT.resolve("schemas/" + name + ".v1.schema.json")));
        assertEquals(Set.of(), schema.validate(event));
    }

    private static List<Path> samples(String event) {
        return Arrays.stream(CONTRACT.resolve("samples").resolve(event).toFile().listFiles())
                .map(file -> file.toPath())
                .sorted()
                .toList();
    }
}
