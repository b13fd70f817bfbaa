package org.signetmail.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.signetmail.local.process.Layout;
import org.signetmail.local.stack.Part;

class ScenariosTest {
    private static final Path DIRECTORY = Layout.root().resolve("deploy/bench/scenarios");
    private final Scenarios scenarios = new Scenarios(DIRECTORY);

    @Test
    void eachFolderIsAScenario() throws IOException {
        for (String name : scenarios.names()) {
            assertEquals(name, scenarios.read(name, Map.of()).name());
        }
    }

    @Test
    void theForgedMessageIsAnsweredWith554() throws IOException {
        Scenario reject = scenarios.read("reject", Map.of());
        assertEquals(Target.SIGNET, reject.target());
        assertEquals(554, reject.load().finalReply());
        assertEquals("alice@example.test", reject.load().mailFrom());
        assertEquals("ceo@example.test", reject.load().from());
    }

    @Test
    void whatTheCommandLineSaysOutranksTheFile() throws IOException {
        var overrides = Map.of("connections", "7", "environment.smtp-edge.SIGNET_RELAY_ENABLED", "false");
        Scenario accept = scenarios.read("accept", overrides);
        assertEquals(7, accept.load().connections());
        assertEquals(Map.of(Part.SMTP_EDGE, Map.of("SIGNET_RELAY_ENABLED", "false")), accept.environment());
    }

    @Test
    void aMistakeIsNamed() throws IOException {
        assertRefused("accept", Map.of("conections", "7"), "Scenario accept: unknown [conections]");
        assertRefused(
                "accept", Map.of("target", "exim"), "Scenario accept: target: no-op, postfix or signet, not exim");
        assertRefused(
                "accept", Map.of("environment.kafka.X", "1"), "Scenario accept: environment.kafka.X names no service");
        IllegalArgumentException absent =
                assertThrows(IllegalArgumentException.class, () -> scenarios.read("axcept", Map.of()));
        assertEquals("There is no scenario axcept; there are " + scenarios.names(), absent.getMessage());
    }

    private void assertRefused(String name, Map<String, String> overrides, String message) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> scenarios.read(name, overrides));
        assertEquals(message, refused.getMessage());
    }
}
