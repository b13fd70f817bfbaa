package org.signetmail.notifier.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signetmail.local.process.Layout;
import org.signetmail.notifier.webhook.IncidentEvent;

/** Every sample of the contract that the notifier reads, or writes, is read, and written as it was, minus what is unknown. */
class EventContractTest {
    private static final Path CONTRACT = Layout.root().resolve("deploy/contract");
    private static final Map<String, Class<?>> EVENTS =
            Map.of("rejection", Rejection.class, "undeliverable", Undeliverable.class, "incident", IncidentEvent.class);
    private static final List<String> UNKNOWN = List.of("country", "attempts");
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Path> samples() throws IOException {
        var samples = new ArrayList<Path>();
        for (String event : EVENTS.keySet()) {
            try (Stream<Path> files = Files.list(CONTRACT.resolve("samples").resolve(event))) {
                files.forEach(samples::add);
            }
        }
        return samples;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsReadAndWritten(Path sample) throws Exception {
        String event = sample.getParent().getFileName().toString();
        byte[] json = Files.readAllBytes(sample);
        assertValid(event, JSON.readTree(json));

        String written = EventJson.write(EventJson.read(json, EVENTS.get(event)));

        assertValid(event, JSON.readTree(written));
        ObjectNode expected = (ObjectNode) JSON.readTree(json);
        expected.remove(UNKNOWN);
        assertEquals(expected, JSON.readTree(written));
    }

    @Test
    void whatIsNoEventIsUnreadable() {
        for (String json : List.of("", "{", "null", "[]", "{}", "{\"submissionId\":\"no-uuid\"}")) {
            byte[] octets = json.getBytes(StandardCharsets.UTF_8);
            assertThrows(Unreadable.class, () -> EventJson.read(octets, Rejection.class), json);
            assertThrows(Unreadable.class, () -> EventJson.read(octets, Undeliverable.class), json);
        }
        assertThrows(Unreadable.class, () -> EventJson.read(null, Rejection.class));
    }

    private static void assertValid(String event, JsonNode json) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(CONTRACT.resolve("schemas/" + event + ".v1.schema.json")));
        assertTrue(schema.validate(json).isEmpty(), () -> schema.validate(json).toString());
    }
}
