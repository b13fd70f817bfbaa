package org.signetmail.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.Ports;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * One image: glibc (or a base image), runtime, libraries, application, AOT cache, as layers in the order in which they
 * change. Every time in it is fixed, so that the same inputs give the same digest.
 *
 * @param base an image with glibc to build on, instead of this machine's
 */
record ServiceImage(Service service, JavaRuntime runtime, Optional<String> base, String version, String revision) {
    /** Nobody's number, as distroless images have it: none that a host gives to anybody. */
    static final String USER = "65532:65532";

    static final String JAVA = "/opt/java/bin/java";
    static final String APPLICATION = "/app";
    static final String AOT_CACHE = "/app/app.aot";

    /** Whoever collects a container's output reads JSON. */
    private static final Map<String, String> ENVIRONMENT = Map.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    /** Writes the image as an OCI archive; without a cache it starts as well, only later. */
    OciArchive write(Path archive, Optional<Path> cache, Path work) throws IOException {
        Files.createDirectories(archive.toAbsolutePath().getParent());
        var layers = new Layers(service, Files.createDirectories(work.resolve(service.label())));
        try {
            JibContainerBuilder image = begin(layers)
                    .addFileEntriesLayer(layers.runtime(runtime))
                    .addFileEntriesLayer(layers.libraries())
                    .addFileEntriesLayer(layers.application(cache.isPresent()));
            if (cache.isPresent()) {
                image.addFileEntriesLayer(layers.cache(cache.get()));
            }
            image.setFormat(ImageFormat.OCI)
                    .setPlatforms(Set.of(new Platform(architecture(), "linux")))
                    .setCreationTime(CREATED)
                    .setUser(USER)
                    .setWorkingDirectory(AbsoluteUnixPath.get(APPLICATION))
                    .setEnvironment(ENVIRONMENT)
                    .setEntrypoint(JAVA, "@" + Layers.ARGUMENTS)
                    .setExposedPorts(Ports.parse(
                            service.ports().stream().map(String::valueOf).toList()))
                    .setLabels(labels())
                    .containerize(
                            Containerizer.to(TarImage.at(archive).named("signet/" + service.label() + ":" + version))
                                    .setBaseImageLayersCache(work.resolve("cache/base"))
                                    .setApplicationLayersCache(work.resolve("cache/application"))
                                    .setOfflineMode(base.isEmpty()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while building " + archive, e);
        } catch (InvalidImageReferenceException
                | ExecutionException
                | com.google.cloud.tools.jib.api.RegistryException
                | com.google.cloud.tools.jib.api.CacheDirectoryCreationException e) {
            throw new IOException("Cannot build the image of " + service.label() + ": " + e.getMessage(), e);
        }
        return new OciArchive(archive);
    }

    private JibContainerBuilder begin(Layers layers) throws IOException, InvalidImageReferenceException {
        return base.isPresent()
                ? Jib.from(base.get())
                : Jib.fromScratch().addFileEntriesLayer(layers.system(SystemLibraries.ofThisMachine()));
    }

    private Map<String, String> labels() {
        return Map.of(
                "org.opencontainers.image.title",
                "signet-" + service.label(),
                "org.opencontainers.image.description",
                service.description(),
                "org.opencontainers.image.version",
                version,
                "org.opencontainers.image.revision",
                revision,
                "org.opencontainers.image.created",
                CREATED.toString(),
                "org.opencontainers.image.licenses",
                "Apache-2.0",
                "org.opencontainers.image.base.name",
                base.orElse("scratch"),
                "org.signetmail.java.version",
                JavaRuntime.version());
    }

    private static String architecture() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("aarch64") ? "arm64" : name;
    }
}
