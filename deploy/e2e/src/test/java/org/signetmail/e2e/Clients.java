package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs of the machine. One that is not installed is passed over, unless SIGNET_REQUIRE_CLIENTS=1. */
final class Clients {
    private Clients() {}

    /** What a program came to; output and errors in one. */
    record Result(int exitCode, String output) {}

    /** Runs a program to its end; it has nothing to read. */
    static Result run(List<String> command) throws IOException, InterruptedException {
        return run(command, Path.of("/dev/null"));
    }

    static Result run(List<String> command, Path input) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(input.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    static void require(String program) throws IOException, InterruptedException {
        boolean installed = run(List.of("sh", "-c", "command -v " + program)).exitCode() == 0;
        boolean required = "1".equals(System.getenv("SIGNET_REQUIRE_CLIENTS"));
        assertTrue(installed || !required, program + " is required and not installed");
        assumeTrue(installed, program + " is not installed");
    }
}
