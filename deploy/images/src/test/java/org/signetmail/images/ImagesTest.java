package org.signetmail.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.local.process.Layout;
import org.signetmail.local.process.Ports;

/** The images as a container runtime sees them: what is in them, that two builds agree, and that they run. */
class ImagesTest {
    // Outlives the test, so that the runtime is linked once for all of them.
    private static final Path WORK = Layout.root().resolve("deploy/images/target/test-work");

    @TempDir
    static Path directory;

    private static JavaRuntime runtime;
    private static Surroundings surroundings;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Boolean.getBoolean("signet.images"), "two minutes: asked for by deploy/images/README.md's command");
        assumeTrue(isDebian(), "glibc comes from a Debian package");
        runtime = JavaRuntime.in(WORK);
        surroundings = Surroundings.start(directory.resolve("surroundings"));
    }

    @AfterAll
    static void stop() {
        if (surroundings != null) {
            surroundings.close();
        }
    }

    @Test
    void twoBuildsGiveTheSameDigest() throws IOException {
        OciArchive first = write(Service.NOTIFIER, "first", Optional.empty(), directory.resolve("one"));
        OciArchive second = write(Service.NOTIFIER, "second", Optional.empty(), directory.resolve("other"));
        assertEquals(first.digest(), second.digest());
        assertEquals(-1, Files.mismatch(first.file(), second.file()));
    }

    @Test
    void holdsNoShellAndIsNotRoot() throws IOException {
        OciArchive image = write(Service.SMTP_EDGE, "look", Optional.empty(), WORK);
        Path root = image.unpack(directory.resolve("look"));
        assertEquals("65532:65532", image.configuration().at("/config/User").asText());
        assertEquals("signet-smtp-edge", label(image, "title"));
        try (Stream<Path> files = Files.walk(root)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> List.of("sh", "bash", "dash", "busybox", "apt", "dpkg")
                                    .contains(file.getFileName().toString()))
                            .toList());
        }
        assertTrue(Files.isExecutable(root.resolve("lib64/ld-linux-x86-64.so.2"))
                || Files.isExecutable(root.resolve("lib/ld-linux-aarch64.so.1")));
    }

    @Test
    void edgeRuns() throws IOException {
        runs(Service.SMTP_EDGE);
    }

    @Test
    void notifierRuns() throws IOException {
        runs(Service.NOTIFIER);
    }

    @Test
    void directoryRuns() throws IOException {
        runs(Service.DIRECTORY_SERVICE);
    }

    @Test
    void policyRunsFromItsCache() throws IOException {
        needContainers();
        OciArchive uncached = write(Service.POLICY_SERVICE, "uncached", Optional.empty(), WORK);
        Path cache = new AotCache(WORK.resolve("aot")).of(Service.POLICY_SERVICE, uncached, surroundings);
        OciArchive image = write(Service.POLICY_SERVICE, "cached", Optional.of(cache), WORK);
        // With this mode a JVM that cannot use its cache ends at once.
        run(Service.POLICY_SERVICE, image, Map.of("JDK_JAVA_OPTIONS", "-XX:AOTMode=on"));
    }

    private static void runs(Service service) throws IOException {
        needContainers();
        run(service, write(service, "run", Optional.empty(), WORK), Map.of());
    }

    /** Starts it on a read-only root as the image's user, and waits until it is ready. */
    private static void run(Service service, OciArchive image, Map<String, String> more) throws IOException {
        Container container = Container.of(image, directory.resolve(service.label()));
        int port = Ports.free();
        var variables = surroundings.environment(service, port);
        variables.putAll(more);
        variables.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"); // for the mounts; the image needs none
        Path log = directory.resolve(service.label() + ".log");
        try (var running = RunningImage.start(container.command(image), variables, port, log)) {
            running.awaitReady();
            String status = Files.readString(Path.of("/proc", Long.toString(running.pid()), "status"));
            assertTrue(status.contains("Uid:\t65532\t65532\t65532\t65532"), status);
        }
        assertFalse(Files.readString(log).contains("Read-only file system"), Files.readString(log));
        container.delete();
    }

    private static OciArchive write(Service service, String name, Optional<Path> cache, Path work) throws IOException {
        var image = new ServiceImage(service, runtime, Optional.empty(), "test", "test");
        return image.write(directory.resolve(service.label() + "-" + name + ".tar"), cache, work);
    }

    private static String label(OciArchive image, String name) throws IOException {
        return image.configuration()
                .at("/config/Labels/org.opencontainers.image." + name)
                .asText();
    }

    private static void needContainers() {
        boolean root = "root".equals(System.getProperty("user.name"));
        assumeTrue(root && Files.isExecutable(Path.of("/usr/bin/unshare")), "mounting needs root and unshare");
    }

    private static boolean isDebian() {
        return Files.isRegularFile(Path.of("/var/lib/dpkg/status"));
    }
}
