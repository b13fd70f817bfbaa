package org.signetmail.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies let through what flow.tsv has, which is the picture in the README, and nothing else; seen from both ends. */
class NetworkFlowTest {
    private static final Set<String> OURS = Set.of("smtp-edge", "policy-service", "directory-service", "notifier");

    static Stream<Manifests> overlays() {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whatServicesMayReach(Manifests manifests) throws IOException {
        var allowed = new TreeSet<String>();
        for (String service : OURS) {
            Manifest policy = manifests.the("NetworkPolicy", service);
            for (JsonNode rule : policy.at("/spec/egress")) {
                allowed.addAll(
                        flows(rule, "to").map(flow -> service + " " + flow).toList());
            }
        }
        assertEquals(table(row -> OURS.contains(row.getFirst())), allowed);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whoMayReachThem(Manifests manifests) throws IOException {
        var allowed = new TreeSet<String>();
        for (Manifest policy : manifests.ofKind("NetworkPolicy").toList()) {
            for (JsonNode rule : policy.at("/spec/ingress")) {
                flows(rule, "from").map(flow -> turned(flow, policy.name())).forEach(allowed::add);
            }
        }
        JsonNode listener = manifests.the("Kafka", "signet").at("/spec/kafka/listeners/0");
        for (JsonNode peer : listener.path("networkPolicyPeers")) {
            names(peer)
                    .forEach(name ->
                            allowed.add(name + " kafka " + listener.path("port").asText()));
        }
        Set<String> behindPolicies = Set.of("kafka", "postgresql");
        assertEquals(table(row -> OURS.contains(row.get(1)) || behindPolicies.contains(row.get(1))), allowed);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void nothingElseComesIn(Manifests manifests) {
        Manifest deny = manifests.the("NetworkPolicy", "deny-ingress");
        assertTrue(deny.at("/spec/podSelector").isEmpty()
                && deny.at("/spec/ingress").isMissingNode());
        assertEquals("[\"Ingress\"]", deny.at("/spec/policyTypes").toString());
        for (String service : OURS) {
            assertEquals(
                    "[\"Ingress\",\"Egress\"]",
                    manifests
                            .the("NetworkPolicy", service)
                            .at("/spec/policyTypes")
                            .toString());
        }
    }

    /** A port that is let in is one that the container listens on. */
    @ParameterizedTest
    @MethodSource("overlays")
    void portsAreTheContainers(Manifests manifests) throws IOException {
        for (String row : table(row -> OURS.contains(row.get(1)))) {
            String[] columns = row.split(" ", -1);
            Manifest pods = manifests
                    .services()
                    .filter(candidate -> candidate.name().equals(columns[1]))
                    .findFirst()
                    .orElseThrow();
            assertTrue(
                    Manifests.each(pods.container().path("ports"))
                            .anyMatch(
                                    port -> port.path("containerPort").asText().equals(columns[2])),
                    () -> "nothing listens: " + row);
        }
    }

    /** Each service may reach what its own settings name. */
    @ParameterizedTest
    @MethodSource("overlays")
    void settingsNameWhatMayBeReached(Manifests manifests) throws IOException {
        Pattern place = Pattern.compile("(?:^|//)([a-z0-9.-]+):([0-9]+)");
        Set<String> table = table(row -> true);
        for (String service : OURS) {
            for (JsonNode value : manifests.the("ConfigMap", service).at("/data")) {
                Matcher match = place.matcher(value.asText());
                while (match.find()) {
                    String host = match.group(1)
                            .replace("signet-kafka-bootstrap", "kafka")
                            .replace("postgresql-rw", "postgresql")
                            .replace("smarthost.example.test", "world");
                    String row = service + " " + host + " " + match.group(2);
                    assertTrue(table.contains(row), () -> row + " is named but not let through");
                }
            }
        }
    }

    private interface Chosen {
        boolean is(List<String> row);
    }

    private static Set<String> table(Chosen chosen) throws IOException {
        var rows = new TreeSet<String>();
        for (String line : Files.readAllLines(Manifests.ROOT.resolve("deploy/kubernetes/flow.tsv"))) {
            List<String> columns = List.of(line.trim().split("\\s+", -1));
            if (!line.isBlank() && !line.startsWith("#") && chosen.is(columns)) {
                rows.add(String.join(" ", columns.subList(0, 3)));
            }
        }
        return rows;
    }

    /** "peer port" for each of the rule's peers and ports. */
    private static Stream<String> flows(JsonNode rule, String direction) {
        assertTrue(rule.has(direction) && rule.has("ports"), () -> "a rule for anybody or for any port: " + rule);
        return Manifests.each(rule.path(direction))
                .flatMap(NetworkFlowTest::names)
                .distinct()
                .flatMap(name -> Manifests.each(rule.path("ports"))
                        .map(port -> name + " " + port.path("port").asText()
                                + (port.path("protocol").asText().equals("UDP") ? "/udp" : "")));
    }

    private static String turned(String flow, String to) {
        int space = flow.indexOf(' ');
        return flow.substring(0, space) + " " + to + flow.substring(space);
    }

    /** What the table calls the pods that a peer selects. */
    private static Stream<String> names(JsonNode peer) {
        var names = new ArrayList<String>();
        if (peer.has("ipBlock")) {
            names.add("world");
        } else if (peer.has("namespaceSelector")) {
            JsonNode labels = peer.at("/namespaceSelector/matchLabels");
            names.add(
                    labels.has("kubernetes.io/metadata.name")
                            ? labels.path("kubernetes.io/metadata.name").asText()
                            : labels.properties().iterator().next().getKey());
        } else {
            JsonNode labels = peer.at("/podSelector/matchLabels");
            if (labels.has("strimzi.io/name")) {
                names.add("kafka");
            } else if (labels.has("cnpg.io/cluster")) {
                names.add("postgresql");
            } else if (labels.has("app.kubernetes.io/name")) {
                names.add(labels.path("app.kubernetes.io/name").asText());
            }
            peer.at("/podSelector/matchExpressions/0/values").forEach(value -> names.add(value.asText()));
        }
        assertTrue(!names.isEmpty(), () -> "a peer that the table has no name for: " + peer);
        return names.stream();
    }
}
