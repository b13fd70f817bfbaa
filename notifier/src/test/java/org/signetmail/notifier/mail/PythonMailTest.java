package org.signetmail.notifier.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.signetmail.local.process.Layout;

/** Python's email package reads every mail without a complaint. */
class PythonMailTest {
    private static final Path RESOURCES = Layout.root().resolve("notifier/src/test/resources");

    @Test
    void readsEveryMail() throws Exception {
        boolean there = Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
        Assumptions.assumeTrue(
                there || "1".equals(System.getenv("SIGNET_REQUIRE_CLIENTS")), "python3 is not installed");
        try (Stream<Path> files = Files.list(RESOURCES.resolve("golden"))) {
            List<String> mails = files.map(Path::toString).sorted().toList();
            var command = new ArrayList<>(
                    List.of("python3", RESOURCES.resolve("read_mails.py").toString()));
            command.addAll(mails);
            Process python =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(python.getInputStream().readAllBytes(), UTF_8);
            assertEquals("read " + mails.size() + "\n", said);
            assertEquals(0, python.waitFor());
        }
    }
}
