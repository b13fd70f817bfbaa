package org.signetmail.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** systemd's own judgement of the units, in a root of their own with this machine's targets. */
class UnitsTest {
    private static final Path UNITS = Path.of(System.getProperty("signet.root"), "deploy/systemd/units");

    @TempDir
    Path root;

    @BeforeEach
    void install() throws IOException {
        Program.need("systemd-analyze");
        Path targets = Files.createDirectories(root.resolve("usr/lib/systemd/system"));
        copy(Path.of("/usr/lib/systemd/system"), "*.target", targets);
        copy(UNITS, "*", Files.createDirectories(root.resolve("etc/systemd/system")));
        Path java = root.resolve("opt/signet/java/bin/java");
        Files.createDirectories(java.getParent());
        Files.copy(Path.of("/bin/true"), java);
    }

    @Test
    void haveNoFault() throws IOException {
        for (Path unit : units("*.{service,target}")) {
            assertEquals(
                    new Program(0, ""),
                    analyze("verify", "--man=no", unit.getFileName().toString()));
        }
    }

    @Test
    void aMisspeltKeyIsAFault() throws IOException {
        Path unit = root.resolve("etc/systemd/system/signet-notifier.service");
        Files.writeString(unit, Files.readString(unit).replace("\nUser=", "\nUsr="));
        Program found = analyze("verify", "--man=no", "signet-notifier.service");
        assertEquals(true, found.output().contains("Unknown key 'Usr'"), found.output());
    }

    /** 10 is a service without any fence; 2.0 and less is what systemd calls OK. */
    @Test
    void exposeLittle() throws IOException {
        for (Path unit : units("*.service")) {
            Program judged = analyze(
                    "security",
                    "--offline=true",
                    "--threshold=20",
                    unit.getFileName().toString());
            assertEquals(0, judged.code(), judged.output());
        }
    }

    private Program analyze(String verb, String... arguments) throws IOException {
        List<String> command = Stream.concat(Stream.of("systemd-analyze", verb, "--root=" + root), Stream.of(arguments))
                .toList();
        return Program.run(Map.of("SYSTEMD_PAGER", "cat"), command);
    }

    private static List<Path> units(String pattern) throws IOException {
        try (var files = Files.newDirectoryStream(UNITS, pattern)) {
            var units = new ArrayList<Path>();
            files.forEach(units::add);
            return units;
        }
    }

    private static void copy(Path from, String pattern, Path to) throws IOException {
        try (var files = Files.newDirectoryStream(from, pattern)) {
            for (Path file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
