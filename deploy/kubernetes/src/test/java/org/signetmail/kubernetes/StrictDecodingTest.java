package org.signetmail.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every object is what its API says, and a misspelt field of any of them is found. */
class StrictDecodingTest {
    /** Fields whose names inside are somebody's own: labels, quantities, settings. */
    private static final List<String> OWN_NAMES =
            List.of("matchLabels", "labels", "annotations", "requests", "limits", "config", "parameters", "metadata");

    static Stream<Manifest> objects() {
        return Manifests.overlays().flatMap(overlay -> overlay.all().stream());
    }

    @ParameterizedTest
    @MethodSource("objects")
    void isWhatItsApiSays(Manifest manifest) {
        assertEquals(List.of(), ObjectTypes.faults(manifest));
        assertEquals(
                "signet", manifest.kind().equals("Namespace") ? manifest.name() : manifest.text("/metadata/namespace"));
    }

    /** Each of the objects with one field more, at each place of its spec where there are fields: no place is lax. */
    @ParameterizedTest
    @MethodSource("objects")
    void refusesFieldsThatAreNotThere(Manifest manifest) {
        List<ObjectNode> places = new ArrayList<>();
        JsonNode copy = manifest.json().deepCopy();
        collect(copy.path("spec"), places);
        for (ObjectNode place : places) {
            place.put("misspelt", "x");
            assertFalse(ObjectTypes.faults(new Manifest(copy)).isEmpty(), () -> "not noticed in " + place);
            place.remove("misspelt");
        }
        assertTrue(ObjectTypes.faults(new Manifest(copy)).isEmpty());
    }

    private static void collect(JsonNode node, List<ObjectNode> places) {
        if (node instanceof ObjectNode object) {
            places.add(object);
            object.properties().forEach(field -> {
                if (!OWN_NAMES.contains(field.getKey()) && !isServiceSelector(field.getKey(), field.getValue())) {
                    collect(field.getValue(), places);
                }
            });
        } else if (node.isArray()) {
            node.forEach(element -> collect(element, places));
        }
    }

    /** A Service's selector is labels themselves, without matchLabels around them. */
    private static boolean isServiceSelector(String name, JsonNode value) {
        return name.equals("selector") && !value.has("matchLabels") && !value.has("matchExpressions");
    }
}
