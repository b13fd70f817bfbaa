package org.signetmail.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signetmail.local.process.Layout;

/** Grafana's JSON is made of what people write (-Dsignet.write-dashboards=true makes it anew), and the cluster gets all of it. */
class DashboardsTest {
    /** Grafana's ids of the units that are used; another one is a spelling mistake until it is added here. */
    private static final Set<String> UNITS = Set.of("reqps", "s", "ms", "bytes", "percentunit", "short");

    private static final int SHORTEST_DESCRIPTION = 20;

    static Stream<String> names() {
        return Dashboard.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void jsonIsOfTheSource(String name) throws IOException {
        String expected = GrafanaJson.of(Dashboard.read(name));
        if (Boolean.getBoolean("signet.write-dashboards")) {
            Files.writeString(Dashboard.json(name), expected);
        }
        assertEquals(expected, Files.readString(Dashboard.json(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyPanelSaysWhatItShows(String name) {
        Dashboard dashboard = Dashboard.read(name);
        assertEquals("signet-" + name, dashboard.uid());
        assertTrue(dashboard.description().length() >= SHORTEST_DESCRIPTION);
        var titles = new HashSet<String>();
        for (Dashboard.Panel panel :
                dashboard.rows().stream().flatMap(row -> row.panels().stream()).toList()) {
            assertTrue(titles.add(panel.title()), "two panels are called " + panel.title());
            assertTrue(panel.description().length() >= SHORTEST_DESCRIPTION, panel.title());
            assertTrue(panel.description().endsWith("."), panel.title());
            assertTrue(UNITS.contains(panel.unit()), panel.title() + " has the unit " + panel.unit());
            assertTrue(!panel.queries().isEmpty(), panel.title());
        }
    }

    @Test
    void theClusterGetsThemAll() throws IOException {
        JsonNode kustomization = new YAMLMapper()
                .readTree(Layout.root()
                        .resolve("deploy/monitoring/kustomization.yaml")
                        .toFile());
        var expected = new TreeSet<String>();
        Dashboard.names().forEach(name -> expected.add("dashboards/" + name + ".json"));
        var files = new TreeSet<String>();
        kustomization
                .path("configMapGenerator")
                .forEach(map -> map.path("files").forEach(file -> files.add(file.asText())));
        assertEquals(expected, files);
    }
}
