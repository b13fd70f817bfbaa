package org.signetmail.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.signetmail.bench.measure.Machine;

/** All that one call of the benchmark found, as a JSON file named after its time. */
public record ResultFile(Machine machine, List<Run> runs) {
    /** Writes it into a directory. */
    public Path write(Path directory) throws IOException {
        Files.createDirectories(directory);
        String name = runs.getFirst().at().replaceAll("[:.]", "-") + ".json";
        Path file = directory.resolve(name);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
        return file;
    }
}
