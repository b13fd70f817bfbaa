package org.signetmail.directory.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.signetmail.directory.parts.Parts;

/** The service's own JSON mapper reads and writes every sample of the event that this service writes. */
@QuarkusTest
@QuarkusTestResource(Parts.class)
class ContractTest {
    private static final Path CONTRACT = Path.of(System.getProperty("signet.root"), "deploy/contract");
    private static final Set<String> KNOWN = Set.of("kind", "account", "domain", "group", "version", "at");

    @Inject
    ObjectMapper json;

    @Test
    void everySampleIsReadAndWrittenAsItWas() throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(CONTRACT.resolve("schemas/directory-change.v1.schema.json")));
        try (Stream<Path> samples = Files.list(CONTRACT.resolve("samples/directory-change"))) {
            for (Path sample : samples.toList()) {
                ObjectNode given = (ObjectNode) json.readTree(Files.readString(sample));
                assertEquals(Set.of(), schema.validate(given), sample.toString());
                DirectoryChange change = json.treeToValue(given, DirectoryChange.class);
                JsonNode written = json.readTree(json.writeValueAsString(change));
                assertEquals(Set.of(), schema.validate(written), sample.toString());
                assertEquals(given.retain(KNOWN), written, sample.toString());
            }
        }
    }
}
