package org.signetmail.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
        assertEquals(Target.SIGNET, reject.installation().target());
        assertEquals(554, reject.load().message().finalReply());
        assertEquals("alice@example.test", reject.load().message().mailFrom());
        assertEquals("ceo@example.test", reject.load().message().from());
    }

    @Test
    void whatTheCommandLineSaysOutranksTheFile() throws IOException {
        var overrides = Map.of("connections", "7", "environment.smtp-edge.SIGNET_RELAY_ENABLED", "false");
        Scenario accept = scenarios.read("accept", overrides);
        assertEquals(7, accept.load().connections());
        assertEquals(
                Map.of(Part.SMTP_EDGE, Map.of("SIGNET_RELAY_ENABLED", "false")),
                accept.installation().environment());
    }

    @Test
    void eachTenthOfMixedIsForged() throws IOException {
        Load mixed = scenarios.read("mixed", Map.of()).load();
        assertEquals("alice@example.test", mixed.submission(9).from());
        assertEquals(250, mixed.submission(9).finalReply());
        assertEquals("ceo@example.test", mixed.submission(10).from());
        assertEquals(554, mixed.submission(10).finalReply());
    }

    @Test
    void scenariosOfTheSameServerHaveEqualInstallations() throws IOException {
        Installation accept = scenarios.read("accept", Map.of()).installation();
        for (String name : List.of("reject", "mixed", "large", "single", "tls", "idle")) {
            assertEquals(accept, scenarios.read(name, Map.of()).installation(), name);
        }
        for (String name : List.of("postfix-accept", "slow-directory", "cold-caches", "partitions", "replicated")) {
            assertNotEquals(accept, scenarios.read(name, Map.of()).installation(), name);
        }
    }

    @Test
    void sendersAreSpreadOverTheDirectory() throws IOException {
        Senders senders = scenarios
                .read("cold-caches", Map.of("accounts", "1000000", "senders", "1000"))
                .load()
                .senders();
        assertEquals(
                new Senders.Account("user0000000", "load-password", "user0@d000.bench.test"),
                senders.account(1000, ""));
        assertEquals("user0001000", senders.account(1, "").login());
        assertTrue(senders.includes(999_000));
        assertFalse(senders.includes(999_001));
    }

    @Test
    void aMistakeIsNamed() throws IOException {
        assertRefused("accept", Map.of("conections", "7"), "Scenario accept: unknown [conections]");
        assertRefused(
                "accept", Map.of("target", "exim"), "Scenario accept: target: no-op, postfix or signet, not exim");
        assertRefused(
                "accept", Map.of("environment.kafka.X", "1"), "Scenario accept: environment.kafka.X names no service");
        assertRefused(
                "postfix-accept",
                Map.of("brokers", "3"),
                "Scenario postfix-accept: environment, accounts, directory-delay-ms, partitions and brokers are for"
                        + " signet");
        assertRefused("accept", Map.of("brokers", "2"), "Scenario accept: brokers: 1 or 3, not 2");
        assertRefused("accept", Map.of("senders", "2"), "Scenario accept: more senders than accounts");
        assertRefused("accept", Map.of("connections", "0"), "Scenario accept: connections: at least 1");
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
