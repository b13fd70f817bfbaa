package org.signetmail.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cluster's alerts are those of deploy/monitoring, all of them. */
class AlertsTest {
    static Stream<Manifests> overlays() {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void areThoseOfMonitoring(Manifests manifests) throws IOException {
        var expected = new ArrayList<JsonNode>();
        try (Stream<Path> files = Files.list(Manifests.ROOT.resolve("deploy/monitoring/alerts"))) {
            List<Path> rules = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            for (Path file : rules) {
                Manifests.read(Files.readString(file)).getFirst().at("/groups").forEach(expected::add);
            }
        }
        var found = new ArrayList<JsonNode>();
        manifests.the("PrometheusRule", "signet").at("/spec/groups").forEach(found::add);
        assertEquals(expected, found);
    }
}
