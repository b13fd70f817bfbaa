package org.signetmail.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a JVM needs below itself: Debian's glibc, taken from the package that is installed on the building machine, byte
 * for byte (dpkg verifies it), and its licence. Java brings its own zlib, certificates and time zones.
 */
record SystemLibraries(String version, List<Path> files) {
    private static final String PACKAGE = "libc6";
    private static final List<String> NAMES = List.of(
            "ld-linux-x86-64.so.2",
            "ld-linux-aarch64.so.1",
            "libc.so.6",
            "libdl.so.2",
            "libm.so.6",
            "libpthread.so.0",
            "libresolv.so.2",
            "libnss_dns.so.2",
            "libnss_files.so.2",
            "librt.so.1",
            "copyright");

    /** Fails with a way out where the package is changed, or is not there at all. */
    static SystemLibraries ofThisMachine() throws IOException {
        try {
            Commands.run(List.of("dpkg", "--verify", PACKAGE));
            String version = Commands.run(List.of("dpkg-query", "-W", "-f=${Version}", PACKAGE));
            List<Path> files = Commands.run(List.of("dpkg", "-L", PACKAGE))
                    .lines()
                    .map(Path::of)
                    .filter(file -> NAMES.contains(file.getFileName().toString()) && Files.isRegularFile(file))
                    .filter(file -> !file.startsWith("/lib64") && !file.startsWith("/usr/lib64"))
                    .sorted()
                    .toList();
            return new SystemLibraries(version, files);
        } catch (IOException e) {
            throw new IOException(
                    "This machine has no Debian package " + PACKAGE + " to take glibc from. Name an image that has it: "
                            + "./signet images --base IMAGE",
                    e);
        }
    }
}
