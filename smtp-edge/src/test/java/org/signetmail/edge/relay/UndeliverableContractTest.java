package org.signetmail.edge.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.signetmail.edge.event.EventJson.MAPPER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signetmail.edge.event.EventJson;

/** The event undeliverable.v1 is what deploy/contract says. */
class UndeliverableContractTest {
    private static final Path CONTRACT = Path.of(System.getProperty("signet.root"), "deploy/contract");
    private static final Set<String> UNKNOWN = Set.of("attempts");

    private final JsonSchema schema = schema();

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(CONTRACT.resolve("samples/undeliverable"))) {
            return files.sorted().toList();
        }
    }

    private static JsonSchema schema() {
        try {
            Path file = CONTRACT.resolve("schemas/undeliverable.v1.schema.json");
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsReadAndWrittenAgain(Path sample) throws IOException {
        JsonNode expected = MAPPER.readTree(Files.readAllBytes(sample));
        assertEquals(Set.of(), schema.validate(expected));

        byte[] written = EventJson.write(MAPPER.treeToValue(expected, Undeliverable.class));

        JsonNode actual = MAPPER.readTree(written);
        assertEquals(Set.of(), schema.validate(actual));
        ((ObjectNode) expected).remove(UNKNOWN);
        assertEquals(expected, actual);
    }

    @Test
    void thereAreSamples() throws IOException {
        assertFalse(samples().isEmpty());
    }

    @Test
    void theHeaderEndsBeforeTheEmptyLine() {
        assertEquals("A: b\r\n", header("A: b\r\n\r\nbody\r\n\r\n"));
        assertEquals("A: b\r\n c\r\n", header("A: b\r\n c\r\n"));
        assertEquals("", header("\r\nbody"));
    }

    private static String header(String content) {
        byte[] octets = content.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return content.substring(0, HeaderOctets.end(octets, octets.length));
    }
}
