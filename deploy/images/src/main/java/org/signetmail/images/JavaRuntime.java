package org.signetmail.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.signetmail.local.process.Trees;

/**
 * The part of this JDK that the services need, linked by jlink: one for all four, so that nodes pull and keep the layer
 * once. jdk.jcmd is in it because an image without a shell has nothing else to look into a process with.
 */
record JavaRuntime(Path directory) {
    // java.se: a library that meets a rare class must not fail in production for want of two megabytes.
    private static final List<String> MODULES = List.of(
            "java.se",
            "jdk.crypto.ec",
            "jdk.jcmd",
            "jdk.jfr",
            "jdk.management",
            "jdk.naming.dns",
            "jdk.net",
            "jdk.security.auth",
            "jdk.unsupported",
            "jdk.zipfs");

    /** The version of this JDK, which is the version that is linked. */
    static String version() {
        return Runtime.version().toString();
    }

    /** Links into a directory below parent, unless the same is there already. */
    static JavaRuntime in(Path parent) throws IOException {
        Path directory = parent.resolve("java-" + version() + "-" + Integer.toHexString(MODULES.hashCode()));
        if (Files.notExists(directory)) {
            Path unfinished = parent.resolve("java.new");
            Trees.delete(unfinished);
            Files.createDirectories(parent);
            Commands.run(List.of(
                    Path.of(System.getProperty("java.home"), "bin/jlink").toString(),
                    "--add-modules=" + String.join(",", MODULES),
                    "--strip-debug",
                    "--no-header-files",
                    "--no-man-pages",
                    "--output=" + unfinished));
            Files.move(unfinished, directory);
        }
        return new JavaRuntime(directory);
    }
}
