package org.signetmail.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.signetmail.local.process.Ports;

/**
 * The AOT cache of a service (JEP 483, 514, 515): the JVM writes it when a training run ends, here a start of the very
 * image until it is ready. No two training runs write the same octets, so a cache is kept by what is in the image that
 * it was made with, and the next build of the same inputs takes it from there (decision 0070).
 */
record AotCache(Path directory) {

    /** The cache for this image, which has none in it. */
    Path of(Service service, OciArchive uncached, Surroundings surroundings) throws IOException {
        String name = service.label() + "-" + uncached.contents() + ".aot";
        Path cache = directory.resolve(name);
        if (Files.notExists(cache)) {
            Files.createDirectories(directory);
            Path unfinished = directory.resolve(name + ".new");
            train(service, uncached.unpack(directory.resolve(service.label() + ".root")), surroundings, unfinished);
            Files.move(unfinished, cache);
        }
        return cache;
    }

    private void train(Service service, Path root, Surroundings surroundings, Path output) throws IOException {
        int port = Ports.free();
        List<String> command = List.of(
                root + ServiceImage.JAVA,
                "-XX:AOTCacheOutput=" + output,
                "-jar",
                root + ServiceImage.APPLICATION + "/quarkus-run.jar");
        Path log = directory.resolve(service.label() + ".log");
        try (var run = RunningImage.start(command, surroundings.environment(service, port), port, log)) {
            run.awaitReady();
        }
        if (Files.notExists(output)) {
            throw new IOException("The JVM wrote no AOT cache; its log: " + Files.readString(log));
        }
    }
}
