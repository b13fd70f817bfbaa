package org.signetmail.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The layers of a service's image. Files belong to root and nobody else may write them; /tmp is for a volume. */
record Layers(Service service, Path work) {
    static final String ARGUMENTS = "/app/java.args";

    private static final String LOADER = "ld-linux-";
    private static final FilePermissions ANYBODY = FilePermissions.fromOctalString("777");
    private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");

    FileEntriesLayer system(SystemLibraries libraries) throws IOException {
        var layer = FileEntriesLayer.builder().setName("system");
        for (Path file : libraries.files()) {
            layer.addEntry(file.toRealPath(), AbsoluteUnixPath.fromPath(place(file)), EXECUTABLE);
        }
        return layer.addEntry(text("passwd", "signet:x:65532:65532::/tmp:/none\n"), AbsoluteUnixPath.get("/etc/passwd"))
                .addEntry(text("group", "signet:x:65532:\n"), AbsoluteUnixPath.get("/etc/group"))
                .addEntry(text("nsswitch.conf", "hosts: files dns\n"), AbsoluteUnixPath.get("/etc/nsswitch.conf"))
                .addEntry(Files.createDirectories(work.resolve("tmp")), AbsoluteUnixPath.get("/tmp"), ANYBODY)
                .build();
    }

    FileEntriesLayer runtime(JavaRuntime runtime) throws IOException {
        return everything("runtime", runtime.directory(), "/opt/java");
    }

    FileEntriesLayer libraries() throws IOException {
        return everything("libraries", service.application().resolve("lib"), ServiceImage.APPLICATION + "/lib");
    }

    /** What a change of this service's own code changes, with its bill of materials. */
    FileEntriesLayer application(boolean cached) throws IOException {
        var layer = FileEntriesLayer.builder().setName("application");
        for (String part : List.of("app", "quarkus", "quarkus-run.jar")) {
            layer.addEntryRecursive(
                    service.application().resolve(part), AbsoluteUnixPath.get(ServiceImage.APPLICATION + "/" + part));
        }
        if (Files.exists(service.billOfMaterials())) {
            layer.addEntry(service.billOfMaterials(), AbsoluteUnixPath.get(ServiceImage.APPLICATION + "/sbom.json"));
        }
        Path arguments = text("java.args", String.join("\n", arguments(cached)) + "\n");
        return layer.addEntry(arguments, AbsoluteUnixPath.get(ARGUMENTS)).build();
    }

    FileEntriesLayer cache(Path cache) {
        return FileEntriesLayer.builder()
                .setName("aot-cache")
                .addEntry(cache, AbsoluteUnixPath.get(ServiceImage.AOT_CACHE))
                .build();
    }

    /** The collector is the JVM's choice: Serial below two processors or 1792 MiB, else G1. */
    private static List<String> arguments(boolean cached) {
        var arguments = new ArrayList<>(List.of("-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError"));
        if (cached) {
            arguments.add("-XX:AOTCache=" + ServiceImage.AOT_CACHE);
        }
        arguments.addAll(List.of("-jar", ServiceImage.APPLICATION + "/quarkus-run.jar"));
        return arguments;
    }

    /** Programs name the loader by the path that the ABI fixes; in Debian that is a link. */
    private static Path place(Path file) {
        String name = file.getFileName().toString();
        if (!name.startsWith(LOADER)) {
            return file;
        }
        return Path.of(name.contains("x86-64") ? "/lib64" : "/lib", name);
    }

    private static FileEntriesLayer everything(String name, Path directory, String place) throws IOException {
        var layer = FileEntriesLayer.builder().setName(name);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted().toList()) {
                var target = AbsoluteUnixPath.get(place).resolve(directory.relativize(file));
                boolean runs = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || Files.isExecutable(file);
                layer.addEntry(file.toRealPath(), target, FilePermissions.fromOctalString(runs ? "755" : "644"));
            }
        }
        return layer.build();
    }

    private Path text(String name, String content) throws IOException {
        return Files.writeString(work.resolve(name), content);
    }
}
