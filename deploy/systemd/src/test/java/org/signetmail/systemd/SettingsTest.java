package org.signetmail.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings that are installed are keys of the services, and none that a service needs is missing. */
class SettingsTest {
    private static final Path ROOT = Path.of(System.getProperty("signet.root"));
    private static final Pattern KEY = Pattern.compile("`((?:signet|quarkus|kafka)\\.[a-z0-9.-]+)`");

    /** Keys that the READMEs name by a family only. */
    private static final Set<String> OF_THE_PLATFORM = Set.of(
            "KAFKA_SECURITY_PROTOCOL",
            "QUARKUS_HTTP_HOST",
            "QUARKUS_MANAGEMENT_HOST",
            "QUARKUS_DATASOURCE_USERNAME",
            "QUARKUS_DATASOURCE_PASSWORD",
            "QUARKUS_TLS_SMTP_KEY_STORE_PEM_MAIL_CERT",
            "QUARKUS_TLS_SMTP_KEY_STORE_PEM_MAIL_KEY");

    private static final List<String> DATABASE =
            List.of("QUARKUS_DATASOURCE_JDBC_URL", "QUARKUS_DATASOURCE_USERNAME", "QUARKUS_DATASOURCE_PASSWORD");

    private static final Map<String, List<String>> NEEDED = Map.of(
            "directory-service",
            DATABASE,
            "policy-service",
            List.of("SIGNET_DIRECTORY_URL", "SIGNET_DIRECTORY_TOKEN"),
            "notifier",
            DATABASE,
            "smtp-edge",
            List.of("SIGNET_DIRECTORY_URL", "SIGNET_DIRECTORY_TOKEN", "SIGNET_RELAY_NEXT_HOP"));

    @ParameterizedTest
    @ValueSource(strings = {"directory-service", "policy-service", "notifier", "smtp-edge"})
    void areKeysOfTheService(String service) throws IOException {
        Set<String> known = new HashSet<>(OF_THE_PLATFORM);
        KEY.matcher(Files.readString(ROOT.resolve(service).resolve("README.md")))
                .results()
                .map(match -> match.group(1).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                .forEach(known::add);
        var set = settings(service);
        var unknown = new TreeSet<>(set);
        unknown.removeAll(known);
        assertEquals(Set.of(), unknown);
        assertTrue(set.containsAll(NEEDED.get(service)), () -> service + " has only " + set);
        assertTrue(set.containsAll(List.of("KAFKA_BOOTSTRAP_SERVERS", "QUARKUS_OIDC_PUBLIC_KEY")), set.toString());
    }

    private static Set<String> settings(String service) throws IOException {
        var settings = new Properties();
        for (String file : List.of("common", service)) {
            try (var reader =
                    Files.newBufferedReader(ROOT.resolve("deploy/systemd/etc").resolve(file + ".env"))) {
                settings.load(reader);
            }
        }
        return settings.stringPropertyNames();
    }
}
