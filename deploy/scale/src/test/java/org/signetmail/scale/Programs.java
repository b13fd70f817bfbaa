package org.signetmail.scale;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Programs of the machine. A test that needs one that is not installed is skipped, unless SIGNET_REQUIRE_CLIENTS=1. */
final class Programs {
    private Programs() {}

    static void require(String program) {
        boolean installed = Files.isExecutable(Path.of(program));
        boolean required = "1".equals(System.getenv("SIGNET_REQUIRE_CLIENTS"));
        assertTrue(installed || !required, program + " is required and not installed");
        assumeTrue(installed, program + " is not installed");
    }
}
