package org.signetmail.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cluster has the contract's topics, each user what design and code say, and nothing scales past its partitions. */
class TopicsTest {
    private static final String SINGLE_BROKER = "single-broker:";

    /** Who reads (r) and who writes (w), and the consumer groups. */
    private static final Map<String, Set<String>> RIGHTS = Map.of(
            "smtp-edge",
            Set.of(
                    "w signet.submissions",
                    "r signet.verdicts",
                    "rw signet.outbound",
                    "rw signet.retries",
                    "w signet.rejections",
                    "w signet.undeliverable",
                    "rw signet.queue-orders",
                    "rw signet.counts",
                    "r group signet-relay"),
            "policy-service",
            Set.of("r signet.submissions", "w signet.verdicts", "r signet.directory-changes", "r group signet-policy"),
            "directory-service",
            Set.of("w signet.directory-changes"),
            "notifier",
            Set.of("r signet.rejections", "r signet.undeliverable", "w signet.outbound", "r group signet-notifier"),
            "kafka-lag",
            Set.of(
                    " signet.submissions",
                    " signet.rejections",
                    " signet.undeliverable",
                    " group signet-policy",
                    " group signet-notifier"));

    static Stream<Manifests> overlays() {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void areTheContracts(Manifests manifests) throws IOException {
        int brokers =
                manifests.the("KafkaNodePool", "brokers").at("/spec/replicas").asInt();
        var expected = new TreeMap<String, String>();
        for (String line : Files.readAllLines(Manifests.ROOT.resolve("deploy/contract/topics.tsv"))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> columns = List.of(line.trim().split("\\s+", -1));
            var settings = new TreeSet<String>();
            for (String setting : columns.subList(2, columns.size())) {
                if (!setting.startsWith(SINGLE_BROKER)) {
                    settings.add(setting);
                } else if (brokers == 1) {
                    settings.add(setting.substring(SINGLE_BROKER.length()));
                }
            }
            settings.add("min.insync.replicas=" + (brokers == 1 ? 1 : 2));
            expected.put(columns.getFirst(), columns.get(1) + " " + settings);
        }
        var found = manifests
                .ofKind("KafkaTopic")
                .collect(Collectors.toMap(Manifest::name, TopicsTest::described, (a, _) -> a, TreeMap::new));
        assertEquals(expected, found);
        manifests
                .ofKind("KafkaTopic")
                .forEach(topic -> assertEquals(
                        Math.min(brokers, 3), topic.at("/spec/replicas").asInt()));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void usersMayDoWhatTheyDo(Manifests manifests) {
        var found = new TreeMap<String, Set<String>>();
        for (Manifest user : manifests.ofKind("KafkaUser").toList()) {
            found.put(
                    user.name(),
                    user.each("/spec/authorization/acls").map(TopicsTest::right).collect(Collectors.toSet()));
        }
        assertEquals(new TreeMap<>(RIGHTS), found);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void nothingScalesPastItsPartitions(Manifests manifests) {
        Map<String, String> bounds = Map.of(
                "smtp-edge",
                "signet.verdicts",
                "policy-service",
                "signet.submissions",
                "notifier",
                "signet.rejections");
        bounds.forEach((service, topic) -> assertTrue(
                manifests
                                .the("ScaledObject", service)
                                .at("/spec/maxReplicaCount")
                                .asInt()
                        <= manifests
                                .the("KafkaTopic", topic)
                                .at("/spec/partitions")
                                .asInt(),
                service));
    }

    private static String described(Manifest topic) {
        var settings = new TreeSet<String>();
        topic.at("/spec/config")
                .properties()
                .forEach(setting ->
                        settings.add(setting.getKey() + "=" + setting.getValue().asText()));
        return topic.text("/spec/partitions") + " " + settings;
    }

    private static String right(JsonNode acl) {
        Set<String> operations =
                Manifests.each(acl.path("operations")).map(JsonNode::asText).collect(Collectors.toSet());
        assertTrue(operations.contains("Describe"), () -> acl + " cannot be found by its user");
        String group = acl.at("/resource/type").asText().equals("group") ? "group " : "";
        return (operations.contains("Read") ? "r" : "")
                + (operations.contains("Write") ? "w" : "")
                + " "
                + group
                + acl.at("/resource/name").asText();
    }
}
