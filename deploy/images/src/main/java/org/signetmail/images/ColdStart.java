package org.signetmail.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.signetmail.local.process.Ports;
import org.signetmail.local.process.Trees;

/**
 * How long an image takes from the start of its process until it is ready, and the memory that it has then.
 *
 * @param residentMebibytes what of it is in memory, the mapped part of its AOT cache included
 */
record ColdStart(Duration untilReady, long residentMebibytes) {
    // What a container of this size makes of the machine: the figures are those of a pod with 1 GiB and two processors.
    private static final List<String> POD = List.of("-XX:MaxRAM=1g", "-XX:ActiveProcessorCount=2");

    static ColdStart of(Service service, OciArchive image, Surroundings surroundings, Path work) throws IOException {
        Path root = image.unpack(work.resolve(service.label() + ".cold"));
        int port = Ports.free();
        List<String> command = Stream.of(
                        List.of(root + ServiceImage.JAVA),
                        POD,
                        List.of(
                                "-XX:MaxRAMPercentage=60",
                                "-XX:AOTMode=on",
                                "-XX:AOTCache=" + root + ServiceImage.AOT_CACHE),
                        List.of("-jar", root + ServiceImage.APPLICATION + "/quarkus-run.jar"))
                .flatMap(List::stream)
                .toList();
        Path log = work.resolve(service.label() + ".cold.log");
        try (var run = RunningImage.start(command, surroundings.environment(service, port), port, log)) {
            Duration untilReady = run.awaitReady();
            return new ColdStart(untilReady, resident(run.pid()));
        } finally {
            Trees.delete(root);
        }
    }

    private static long resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(kibibytes -> Long.parseLong(kibibytes) >> 10)
                .findFirst()
                .orElse(0);
    }
}
