package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs of the machine that tests run, and what they are given to send. */
final class Programs {
    private Programs() {}

    record Result(int exitCode, String output) {}

    /** Runs a program to its end; it reads nothing. */
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

    /** Passes a test over whose program is not installed, unless SIGNET_REQUIRE_CLIENTS=1. */
    static void require(String program) throws IOException, InterruptedException {
        boolean installed = run(List.of("sh", "-c", "command -v " + program)).exitCode() == 0;
        boolean required = "1".equals(System.getenv("SIGNET_REQUIRE_CLIENTS"));
        assertTrue(installed || !required, program + " is required and not installed");
        assumeTrue(installed, program + " is not installed");
    }

    static Path message(String from, String subject) throws IOException {
        String text = "From: " + from + "\nTo: bob@example.test\nSubject: " + subject + "\n\nHello.\n";
        return Files.writeString(Files.createTempFile(Path.of("target"), "message", ".eml"), text);
    }
}
