package org.signetmail.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever one object says of another is so. */
class ReferencesTest {
    /** Secrets that nobody in the manifests makes, as the README of deploy/kubernetes lists them, with their keys. */
    private static final Map<String, Set<String>> BY_HAND = Map.of(
            "signet-tokens", Set.of("public-key", "smtp-edge", "policy-service"),
            "directory-database", Set.of("username", "password"),
            "notifier-database", Set.of("username", "password"),
            "backup-store", Set.of("access-key-id", "secret-access-key"));

    /** Keys of the Secrets that operators write: Strimzi's, CloudNativePG's, cert-manager's. */
    private static final Set<String> USER = Set.of("ca.crt", "user.crt", "user.key", "user.p12", "user.password");

    private static final Set<String> CLUSTER_CA = Set.of("ca.crt", "ca.p12", "ca.password");

    static Stream<Manifests> overlays() {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void secretsAndTheirKeys(Manifests manifests) {
        for (Manifest object : manifests.all()) {
            for (JsonNode reference : found(object, "secretKeyRef")) {
                secret(
                        manifests,
                        reference.path("name").asText(),
                        Set.of(reference.path("key").asText()));
            }
            for (JsonNode volume : found(object, "secret")) {
                Set<String> keys = Manifests.each(volume.path("items"))
                        .map(item -> item.path("key").asText())
                        .collect(Collectors.toSet());
                secret(
                        manifests,
                        volume.path(volume.has("secretName") ? "secretName" : "name")
                                .asText(),
                        keys);
            }
            object.each("/spec/secretTargetRef")
                    .forEach(reference -> secret(
                            manifests,
                            reference.path("name").asText(),
                            Set.of(reference.path("key").asText())));
            for (String field : List.of("passwordSecret", "accessKeyId", "secretAccessKey")) {
                for (JsonNode reference : found(object, field)) {
                    Set<String> keys =
                            reference.has("key") ? Set.of(reference.path("key").asText()) : Set.of();
                    secret(manifests, reference.path("name").asText(), keys);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void podsHaveTheirAccountSettingsAndVolumes(Manifests manifests) {
        for (Manifest service : manifests.services().toList()) {
            manifests.the("ServiceAccount", service.text("/spec/template/spec/serviceAccountName"));
            for (JsonNode from : service.container().path("envFrom")) {
                manifests.the("ConfigMap", from.at("/configMapRef/name").asText());
            }
            assertEquals(
                    names(service.at("/spec/template/spec/volumes")),
                    names(service.container().path("volumeMounts")),
                    () -> "volumes and mounts of " + service);
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void portsHaveNamesThatContainersHave(Manifests manifests) {
        for (Manifest service : manifests.ofKind("Service").toList()) {
            Manifest pods = selected(manifests, service.at("/spec/selector"));
            Set<String> ports = names(pods.container().path("ports"));
            service.each("/spec/ports")
                    .forEach(port ->
                            assertTrue(ports.contains(port.path("targetPort").asText()), service + " " + port));
        }
        for (Manifest pods : manifests.services().toList()) {
            Set<String> ports = names(pods.container().path("ports"));
            for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                assertTrue(
                        ports.contains(pods.container()
                                .at("/" + probe + "/httpGet/port")
                                .asText()),
                        pods + probe);
            }
            assertTrue(ports.contains(manifests.the("PodMonitor", "signet").text("/spec/podMetricsEndpoints/0/port")));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void labelsSelectPods(Manifests manifests) {
        for (Manifest pods : manifests.services().toList()) {
            JsonNode labels = pods.at("/spec/template/metadata/labels");
            assertTrue(selects(pods.at("/spec/selector/matchLabels"), labels), pods.toString());
            for (JsonNode spread : pods.at("/spec/template/spec/topologySpreadConstraints")) {
                assertTrue(selects(spread.at("/labelSelector/matchLabels"), labels), pods + " is not spread");
            }
            String name = pods.name();
            selected(manifests, manifests.the("PodDisruptionBudget", name).at("/spec/selector/matchLabels"));
            selected(manifests, manifests.the("NetworkPolicy", name).at("/spec/podSelector/matchLabels"));
            assertTrue(
                    manifests
                            .the("PodMonitor", "signet")
                            .at("/spec/selector/matchExpressions/0/values")
                            .toString()
                            .contains('"' + name + '"'),
                    () -> name + " is not scraped");
        }
        Manifest edge = manifests.the("StatefulSet", "smtp-edge");
        manifests.the("Service", edge.text("/spec/serviceName"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void operatorsFindWhatTheyWorkOn(Manifests manifests) {
        for (Manifest scaled : manifests.ofKind("ScaledObject").toList()) {
            manifests.the(scaled.text("/spec/scaleTargetRef/kind"), scaled.text("/spec/scaleTargetRef/name"));
            for (JsonNode trigger : scaled.at("/spec/triggers")) {
                if (trigger.path("type").asText().equals("kafka")) {
                    manifests.the("KafkaTopic", trigger.at("/metadata/topic").asText());
                    manifests.the(
                            "TriggerAuthentication",
                            trigger.at("/authenticationRef/name").asText());
                }
            }
        }
        for (Manifest kafka :
                manifests.ofKind("KafkaTopic", "KafkaUser", "KafkaNodePool").toList()) {
            manifests.the(
                    "Kafka",
                    kafka.at("/metadata/labels").path("strimzi.io/cluster").asText());
        }
        for (Manifest of : manifests.ofKind("Database", "ScheduledBackup").toList()) {
            manifests.the("Cluster", of.text("/spec/cluster/name"));
        }
        for (JsonNode plugin : manifests.the("Cluster", "postgresql").at("/spec/plugins")) {
            manifests.the(
                    "ObjectStore", plugin.at("/parameters/barmanObjectName").asText());
        }
        Manifest certificate = manifests.the("Certificate", "smtp-edge");
        manifests.the("Issuer", certificate.text("/spec/issuerRef/name"));
        assertEquals(
                manifests.the("ConfigMap", "smtp-edge").text("/data/SIGNET_SERVER_NAME"),
                certificate.text("/spec/dnsNames/0"));
    }

    private static void secret(Manifests manifests, String name, Set<String> keys) {
        Set<String> there = new HashSet<>();
        if (BY_HAND.containsKey(name)) {
            there.addAll(BY_HAND.get(name));
        } else if (manifests.has("KafkaUser", name)) {
            there.addAll(USER);
        } else if (name.endsWith("-cluster-ca-cert")) {
            manifests.the("Kafka", name.replace("-cluster-ca-cert", ""));
            there.addAll(CLUSTER_CA);
        } else if (name.endsWith("-ca")) {
            manifests.the("Cluster", name.replace("-ca", ""));
            there.add("ca.crt");
        } else {
            boolean made = manifests
                    .ofKind("Certificate")
                    .anyMatch(
                            certificate -> certificate.text("/spec/secretName").equals(name));
            assertTrue(made, () -> "nobody makes the Secret " + name);
            there.addAll(Set.of("tls.crt", "tls.key", "ca.crt"));
        }
        assertTrue(there.containsAll(keys), () -> name + " has " + there + ", not " + keys);
    }

    private static Manifest selected(Manifests manifests, JsonNode selector) {
        List<Manifest> pods = manifests
                .services()
                .filter(candidate -> selects(selector, candidate.at("/spec/template/metadata/labels")))
                .toList();
        assertEquals(1, pods.size(), () -> selector + " selects " + pods);
        return pods.getFirst();
    }

    private static boolean selects(JsonNode selector, JsonNode labels) {
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(label -> label.getValue().equals(labels.get(label.getKey())));
    }

    private static Set<String> names(JsonNode array) {
        return Manifests.each(array)
                .map(element -> element.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<JsonNode> found(Manifest manifest, String field) {
        return manifest.json().findValues(field).stream()
                .filter(JsonNode::isObject)
                .toList();
    }
}
