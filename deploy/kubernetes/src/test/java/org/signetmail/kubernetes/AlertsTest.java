package org.signetmail.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The cluster's alerts are those of deploy/monitoring, all of them; -Dsignet.write-alerts=true writes them anew. */
class AlertsTest {
    private static final Path RULE = Manifests.ROOT.resolve("deploy/kubernetes/base/monitoring/prometheusrule.yaml");
    private static final String BEGINNING = """
            # The groups of deploy/monitoring/alerts, written by AlertsTest with -Dsignet.write-alerts=true.
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata:
              name: signet
            spec:
              groups:
            """;

    @Test
    void areThoseOfMonitoring() throws IOException {
        var expected = new StringBuilder(BEGINNING);
        for (Path file : files()) {
            Files.readString(file)
                    .lines()
                    .dropWhile(line -> !line.equals("groups:"))
                    .skip(1)
                    .forEach(line -> expected.append(line.isEmpty() ? "" : "  ")
                            .append(line)
                            .append('\n'));
        }
        if (Boolean.getBoolean("signet.write-alerts")) {
            Files.writeString(RULE, expected);
        }
        assertEquals(expected.toString(), Files.readString(RULE));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Manifests.ROOT.resolve("deploy/monitoring/alerts"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
