package org.signetmail.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.signetmail.local.process.Layout;

/** Prometheus' own promtool reads the alerts and plays their unit tests; each has some, and a paragraph of the run book. */
class AlertsTest {
    private static final Path ALERTS = Layout.root().resolve("deploy/monitoring/alerts");

    @BeforeAll
    static void needsPromtool() {
        Programs.require("promtool");
    }

    static Stream<Path> rules() {
        try (Stream<Path> files = Files.list(ALERTS)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void areRules(Path rules) throws Exception {
        promtool("check", "rules", "--lint=all", "--lint-fatal", rules.toString());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void areRaisedWhenTheyShould(Path rules) throws Exception {
        promtool(
                "test",
                "rules",
                ALERTS.resolve("tests").resolve(rules.getFileName()).toString());
    }

    /** No alert without a test of it, and without a paragraph that says what to do. */
    @Test
    void eachHasATestAndAParagraph() throws IOException {
        String runbook = Files.readString(Layout.root().resolve("deploy/docs/runbook.md"));
        for (Path rules : rules().toList()) {
            String tests = Files.readString(ALERTS.resolve("tests").resolve(rules.getFileName()));
            List<String> alerts = Files.readAllLines(rules).stream()
                    .filter(line -> line.strip().startsWith("- alert: "))
                    .map(line -> line.substring(line.indexOf(": ") + 2))
                    .toList();
            assertEquals(
                    alerts,
                    alerts.stream()
                            .filter(alert -> tests.contains("alertname: " + alert))
                            .filter(alert -> runbook.contains("### " + alert + "\n"))
                            .toList());
        }
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        var command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
