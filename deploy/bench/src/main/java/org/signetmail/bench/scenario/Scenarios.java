package org.signetmail.bench.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** The folders of {@code deploy/bench/scenarios}, each with a {@code scenario.properties}. */
public record Scenarios(Path directory) {
    /** The names of all, sorted. */
    public List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(directory)) {
            return folders.filter(folder -> Files.exists(file(folder)))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads one.
     *
     * @param overrides settings that outrank the file's
     * @throws IllegalArgumentException when there is no such scenario, or a setting of it cannot be read
     */
    public Scenario read(String name, Map<String, String> overrides) throws IOException {
        return read(name, overrides, Map.of());
    }

    /** As {@link #read(String, Map)}, with settings that set it apart from others of this name. */
    Scenario read(String name, Map<String, String> overrides, Map<String, String> variant) throws IOException {
        if (!names().contains(name)) {
            throw new IllegalArgumentException("There is no scenario %s; there are %s".formatted(name, names()));
        }
        var settings = new Properties();
        try (var in = Files.newBufferedReader(file(directory.resolve(name)), StandardCharsets.UTF_8)) {
            settings.load(in);
        }
        settings.putAll(overrides);
        settings.putAll(variant);
        return ScenarioReader.read(name, settings, variant);
    }

    private static Path file(Path folder) {
        return folder.resolve("scenario.properties");
    }
}
