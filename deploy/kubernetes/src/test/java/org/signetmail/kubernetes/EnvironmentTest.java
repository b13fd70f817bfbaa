package org.signetmail.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manifests set is a key that the service has, and what it needs is set. */
class EnvironmentTest {
    private static final Pattern KEY = Pattern.compile("`((?:signet|quarkus|kafka)\\.[a-z0-9.-]+)`");

    /** Keys of Quarkus and Kafka that the READMEs name by a family, or leave to the platform's own documentation. */
    private static final Set<String> OF_THE_PLATFORM = Set.of(
            "KAFKA_SECURITY_PROTOCOL",
            "KAFKA_SSL_TRUSTSTORE_TYPE",
            "KAFKA_SSL_TRUSTSTORE_LOCATION",
            "KAFKA_SSL_TRUSTSTORE_PASSWORD",
            "KAFKA_SSL_KEYSTORE_TYPE",
            "KAFKA_SSL_KEYSTORE_LOCATION",
            "KAFKA_SSL_KEYSTORE_PASSWORD",
            "KAFKA_SSL_KEY_PASSWORD",
            "QUARKUS_TLS_INTERNAL_KEY_STORE_PEM_SERVICE_CERT",
            "QUARKUS_TLS_INTERNAL_KEY_STORE_PEM_SERVICE_KEY",
            "QUARKUS_TLS_INTERNAL_TRUST_STORE_PEM_CERTS",
            "QUARKUS_TLS_INTERNAL_RELOAD_PERIOD",
            "QUARKUS_TLS_SMTP_KEY_STORE_PEM_MAIL_CERT",
            "QUARKUS_TLS_SMTP_KEY_STORE_PEM_MAIL_KEY",
            "QUARKUS_DATASOURCE_USERNAME",
            "QUARKUS_DATASOURCE_PASSWORD");

    private static final List<String> EVERYWHERE = List.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            "QUARKUS_HTTP_INSECURE_REQUESTS",
            "QUARKUS_HTTP_TLS_CONFIGURATION_NAME",
            "QUARKUS_OIDC_PUBLIC_KEY",
            "QUARKUS_TLS_INTERNAL_KEY_STORE_PEM_SERVICE_CERT",
            "QUARKUS_TLS_INTERNAL_TRUST_STORE_PEM_CERTS");
    private static final List<String> DATABASE =
            List.of("QUARKUS_DATASOURCE_JDBC_URL", "QUARKUS_DATASOURCE_USERNAME", "QUARKUS_DATASOURCE_PASSWORD");

    private static final Map<String, List<String>> NEEDED = Map.of(
            "smtp-edge",
            List.of(
                    "SIGNET_DIRECTORY_TOKEN",
                    "SIGNET_DIRECTORY_URL",
                    "SIGNET_EDGE_REPLY_PARTITION",
                    "SIGNET_RELAY_NEXT_HOP",
                    "SIGNET_SERVER_NAME"),
            "policy-service",
            List.of("SIGNET_DIRECTORY_TOKEN", "SIGNET_DIRECTORY_URL"),
            "directory-service",
            DATABASE,
            "notifier",
            Stream.concat(
                            DATABASE.stream(),
                            Stream.of("SIGNET_ADMINISTRATOR", "SIGNET_POLICY_URL", "SIGNET_SERVER_NAME"))
                    .toList());

    static Stream<Manifests> overlays() {
        return Manifests.overlays();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void isKnownToTheService(Manifests manifests) throws IOException {
        for (Manifest service : manifests.services().toList()) {
            Set<String> known = new HashSet<>(OF_THE_PLATFORM);
            KEY.matcher(Files.readString(Manifests.ROOT.resolve(service.name()).resolve("README.md")))
                    .results()
                    .map(match -> match.group(1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                    .forEach(known::add);
            var unknown = new TreeSet<>(variables(manifests, service));
            unknown.removeAll(known);
            assertEquals(Set.of(), unknown, () -> "no keys of " + service);
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void hasWhatTheServiceNeeds(Manifests manifests) {
        for (Manifest service : manifests.services().toList()) {
            Set<String> given = variables(manifests, service);
            Stream.concat(EVERYWHERE.stream(), NEEDED.get(service.name()).stream())
                    .forEach(name -> assertTrue(given.contains(name), () -> service + " lacks " + name));
        }
    }

    /** Files that settings name lie where a Secret is mounted. */
    @ParameterizedTest
    @MethodSource("overlays")
    void namesFilesThatAreMounted(Manifests manifests) {
        for (Manifest service : manifests.services().toList()) {
            Set<String> mounts = Manifests.each(service.container().path("volumeMounts"))
                    .map(mount -> mount.path("mountPath").asText() + "/")
                    .collect(Collectors.toSet());
            manifests
                    .the("ConfigMap", service.name())
                    .at("/data")
                    .forEach(value -> Pattern.compile("/etc/[^ &?]+")
                            .matcher(value.asText())
                            .results()
                            .forEach(file -> assertTrue(
                                    mounts.stream().anyMatch(file.group()::startsWith),
                                    () -> file.group() + " of " + service)));
        }
    }

    private static Set<String> variables(Manifests manifests, Manifest service) {
        Stream<String> direct = Manifests.each(service.container().path("env"))
                .map(variable -> variable.path("name").asText());
        Stream<String> mapped = Manifests.each(service.container().path("envFrom"))
                .flatMap(from -> manifests
                        .the("ConfigMap", from.at("/configMapRef/name").asText())
                        .at("/data")
                        .propertyStream()
                        .map(Map.Entry::getKey));
        return Stream.concat(direct, mapped).collect(Collectors.toCollection(TreeSet::new));
    }
}
