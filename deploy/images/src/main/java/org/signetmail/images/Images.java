package org.signetmail.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.signetmail.local.process.Layout;
import org.signetmail.local.process.Trees;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./signet images}: writes the images of the services as OCI archives. */
@Command(
        name = "./signet images",
        description = "Writes an OCI archive of each service; see deploy/images/README.md",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Images implements Callable<Integer> {
    @Option(names = "--service", description = "Only this service; may be repeated", paramLabel = "NAME")
    private List<String> services = List.of();

    @Option(names = "--base", description = "An image with glibc to build on", paramLabel = "IMAGE")
    private Optional<String> base = Optional.empty();

    @Option(names = "--tag", description = "Tag and version of the images", defaultValue = "1.0.0-SNAPSHOT")
    private String tag;

    @Option(names = "--no-aot", description = "Without an AOT cache: smaller, slower to start, the same everywhere")
    private boolean withoutCache;

    @Option(names = "--output", description = "Where the archives go", paramLabel = "DIRECTORY")
    private Path output = Layout.root().resolve("deploy/images/target/oci");

    @Option(
            names = "--measure",
            description = "Start each image so many times, and without its cache as well; says when it was ready",
            defaultValue = "0",
            paramLabel = "TIMES")
    private int measure;

    public static void main(String[] arguments) {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        System.exit(new CommandLine(new Images())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path work = Layout.root().resolve("deploy/images/target/work");
        JavaRuntime runtime = JavaRuntime.in(work);
        Path surroundings = work.resolve("surroundings");
        Trees.delete(surroundings);
        try (var around = withoutCache ? null : Surroundings.start(surroundings)) {
            for (Service service : Service.values()) {
                if (services.isEmpty() || services.contains(service.label())) {
                    OciArchive image = build(service, runtime, work, around);
                    report(service, image);
                    if (measure > 0 && around != null) {
                        new ColdStarts(work, around, measure)
                                .measure(service, image)
                                .forEach(System.out::println);
                    }
                }
            }
        }
        return 0;
    }

    private OciArchive build(Service service, JavaRuntime runtime, Path work, Surroundings around) throws IOException {
        var image = new ServiceImage(service, runtime, base, tag, revision());
        Path archive = output.resolve(service.label() + ".tar");
        if (around == null) {
            return image.write(archive, Optional.empty(), work);
        }
        OciArchive uncached = image.write(work.resolve(service.label() + "-uncached.tar"), Optional.empty(), work);
        Path cache = new AotCache(work.resolve("aot")).of(service, uncached, around);
        return image.write(archive, Optional.of(cache), work);
    }

    private static void report(Service service, OciArchive archive) throws IOException {
        System.out.printf(
                "%-18s %4d MiB  %s  %s%n",
                service.label(), Files.size(archive.file()) >> 20, archive.digest(), archive.file());
    }

    /** The commit, for the label; of a tree that has none nothing is known. */
    private static String revision() {
        try {
            return Commands.run(List.of("git", "-C", Layout.root().toString(), "rev-parse", "HEAD"))
                    .trim();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
