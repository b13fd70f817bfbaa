package org.signetmail.edge.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A verifier that shares no code with ours: Debian's python3-dkim, with records from the test in place of the DNS. */
public final class Dkimpy {
    /** Debian's, whatever else is on the path: it has Debian's packages. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final String PROGRAM = """
            import dkim, sys
            records = dict(argument.split("=", 1) for argument in sys.argv[2:])
            message = open(sys.argv[1], "rb").read()
            verifier = dkim.DKIM(message, minkey=2048)
            for index in range(len([h for h in verifier.headers if h[0].lower() == b"dkim-signature"])):
                try:
                    valid = verifier.verify(idx=index, dnsfunc=lambda name, timeout=5:
                        records.get(name.decode().rstrip("."), "").encode())
                except dkim.DKIMException as e:
                    valid = e
                print(verifier.signature_fields[b"a"].decode(), verifier.domain.decode(), valid)
            """;

    private Dkimpy() {}

    /** Skips the test where it is not installed, unless the build wants it. */
    public static void assumeInstalled() throws IOException, InterruptedException {
        int found =
                new ProcessBuilder(PYTHON, "-c", "import dkim, nacl").start().waitFor();
        Assumptions.assumeTrue(
                found == 0 || "1".equals(System.getenv("SIGNET_REQUIRE_CLIENTS")), "python3-dkim is not installed");
    }

    /** A line for each signature, the topmost first: algorithm, domain, and True if it is valid. */
    public static List<String> verify(byte[] message, Map<String, String> records)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("signed", ".eml");
        try {
            Files.write(file, message);
            var command = new ArrayList<>(List.of(PYTHON, "-c", PROGRAM, file.toString()));
            records.forEach((name, record) -> command.add(name + "=" + record));
            Process python =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            List<String> lines = new String(python.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .toList();
            python.waitFor();
            return lines;
        } finally {
            Files.delete(file);
        }
    }
}
