package org.signetmail.monitoring;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.signetmail.local.process.Layout;

/**
 * A dashboard as people write it, {@code deploy/monitoring/dashboards/NAME.yaml}; Grafana's JSON is made of it.
 *
 * @param uid part of its address in Grafana, which links and bookmarks hold on to
 */
record Dashboard(String title, String uid, String description, List<Row> rows) {
    private static final Path DIRECTORY = Layout.root().resolve("deploy/monitoring/dashboards");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Panels beside each other, under a title. */
    record Row(String title, List<Panel> panels) {}

    /**
     * One graph.
     *
     * @param unit by Grafana's id
     * @param stack whether values are put on top of each other, because their sum means something
     * @param queries PromQL by the name of its lines, where braces stand for a label
     */
    record Panel(String title, String description, String unit, boolean stack, Map<String, String> queries) {}

    static Dashboard read(String name) {
        try {
            return YAML.readValue(DIRECTORY.resolve(name + ".yaml").toFile(), Dashboard.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where Grafana's JSON of a dashboard stands. */
    static Path json(String name) {
        return DIRECTORY.resolve(name + ".json");
    }

    /** Name of a dashboard's files. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".yaml"))
                    .map(file -> file.substring(0, file.lastIndexOf('.')))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
