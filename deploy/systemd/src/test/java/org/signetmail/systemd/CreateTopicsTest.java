package org.signetmail.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that creates topics, with a kafka-topics.sh that only says what it was asked. */
class CreateTopicsTest {
    private static final Path ROOT = Path.of(System.getProperty("signet.root"));

    @TempDir
    Path directory;

    @Test
    void asksForEveryTopicOfTheContract() throws IOException {
        List<String> asked = asked("3");
        try (var lines = Files.lines(ROOT.resolve("deploy/contract/topics.tsv"))) {
            assertEquals(lines.filter(line -> line.startsWith("signet.")).count(), asked.size());
        }
        assertEquals(
                "--bootstrap-server kafka:9092 --create --if-not-exists --topic signet.outbound --partitions 16"
                        + " --replication-factor 3 --config min.insync.replicas=2 --config retention.ms=604800000"
                        + " --command-config client.properties",
                topic(asked, "signet.outbound"));
    }

    @Test
    void aSingleBrokerHasOnDiskWhatItAcknowledges() throws IOException {
        String outbound = topic(asked("1"), "signet.outbound");
        assertTrue(outbound.contains("--config flush.messages=1"), outbound);
        assertTrue(outbound.contains("min.insync.replicas=1"), outbound);
    }

    private List<String> asked(String replicas) throws IOException {
        Path fake = directory.resolve("kafka-topics.sh");
        Files.writeString(fake, "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwx------"));
        Program script = Program.run(
                Map.of("KAFKA_TOPICS", fake.toString()),
                List.of(
                        ROOT.resolve("deploy/systemd/create-topics").toString(),
                        "kafka:9092",
                        replicas,
                        "--command-config",
                        "client.properties"));
        assertEquals(0, script.code(), script.output());
        return script.output().lines().toList();
    }

    private static String topic(List<String> asked, String name) {
        return asked.stream()
                .filter(line -> line.contains("--topic " + name + " "))
                .findFirst()
                .orElseThrow();
    }
}
