package org.signetmail.edge.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.signetmail.edge.event.EventJson.MAPPER;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signetmail.edge.event.EventJson;

/** The event queue-order.v1 is what deploy/contract says. */
class QueueOrderContractTest {
    private static final Path CONTRACT = Path.of(System.getProperty("signet.root"), "deploy/contract");

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(CONTRACT.resolve("samples/queue-order"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aSampleIsReadAndWrittenAgain(Path sample) throws IOException {
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(CONTRACT.resolve("schemas/queue-order.v1.schema.json")));
        JsonNode expected = MAPPER.readTree(Files.readAllBytes(sample));
        assertEquals(Set.of(), schema.validate(expected));

        JsonNode actual = MAPPER.readTree(EventJson.write(MAPPER.treeToValue(expected, QueueOrder.class)));

        assertEquals(Set.of(), schema.validate(actual));
        ((ObjectNode) expected).remove("ticket");
        assertEquals(expected, actual);
    }
}
