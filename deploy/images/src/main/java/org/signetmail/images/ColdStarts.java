package org.signetmail.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.signetmail.local.process.Ports;

/**
 * How long a service takes from its process' start until it is ready, and what memory it has then: as its image starts it, and
 * without the AOT cache. The JVM believes the machine to have the memory that the pod is given.
 */
record ColdStarts(Path work, Surroundings around, int times) {
    /** Of pods: deploy/kubernetes/base. */
    private static final Map<Service, String> MEMORY = Map.of(
            Service.DIRECTORY_SERVICE, "1g",
            Service.NOTIFIER, "768m",
            Service.POLICY_SERVICE, "1g",
            Service.SMTP_EDGE, "1536m");

    /** One start. */
    private record Start(Duration ready, long residentMebibytes) {}

    /** One line for each way of starting. */
    List<String> measure(Service service, OciArchive image) throws IOException {
        Path root = image.unpack(work.resolve(service.label() + ".starts"));
        var lines = new ArrayList<String>();
        for (boolean cached : new boolean[] {true, false}) {
            var starts = new ArrayList<Start>();
            for (int i = 0; i < times; i++) {
                starts.add(start(service, root, cached));
            }
            lines.add("%-18s %-14s ready after %s s, resident memory then %s MiB"
                    .formatted(
                            service.label(),
                            cached ? "image" : "plain jar",
                            String.join(
                                    " ",
                                    starts.stream()
                                            .map(start -> "%.2f"
                                                    .formatted(start.ready().toMillis() / 1000.0))
                                            .toList()),
                            String.join(
                                    " ",
                                    starts.stream()
                                            .map(start -> Long.toString(start.residentMebibytes()))
                                            .toList())));
        }
        return lines;
    }

    private Start start(Service service, Path root, boolean cached) throws IOException {
        int port = Ports.free();
        var variables = new HashMap<>(around.environment(service, port));
        variables.put("JDK_JAVA_OPTIONS", "-XX:MaxRAM=" + MEMORY.get(service));
        var command = new ArrayList<String>();
        command.add(root + ServiceImage.JAVA);
        for (String argument : Files.readAllLines(Path.of(root + Layers.ARGUMENTS))) {
            if (cached || !argument.startsWith("-XX:AOTCache=")) {
                command.add(argument.replace(ServiceImage.APPLICATION + "/", root + ServiceImage.APPLICATION + "/"));
            }
        }
        Path log = work.resolve(service.label() + ".starts.log");
        try (var run = RunningImage.start(command, variables, port, log)) {
            Duration ready = run.awaitReady();
            return new Start(ready, resident(run.pid()));
        }
    }

    private static long resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                .findFirst()
                .orElseThrow(() -> new IOException("The process has ended"));
    }
}
