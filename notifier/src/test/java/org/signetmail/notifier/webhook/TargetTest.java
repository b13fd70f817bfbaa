package org.signetmail.notifier.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.signetmail.notifier.config.NotifierConfig;

/** Targets as an administrator configures them, by environment variables. */
class TargetTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OLD = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final String PREFIX = "SIGNET_WEBHOOKS_TARGETS_SIEM_";

    @TempDir
    Path directory;

    private static Target target(Map<String, String> variables) {
        var environment = new HashMap<String, String>();
        variables.forEach((name, value) -> environment.put(PREFIX + name, value));
        NotifierConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(NotifierConfig.class)
                .build()
                .getConfigMapping(NotifierConfig.class);
        assertEquals(Set.of("siem"), config.webhooks().targets().keySet());
        return Target.of("siem", config.webhooks().targets().get("siem"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://siem.example.test/hook",
                "http://127.0.0.1:1/hook",
                "http://localhost/hook",
                "http://[::1]/"
            })
    void httpsIsAllowedAndHttpOnLoopback(String url) {
        assertEquals(url, target(Map.of("URL", url, "SECRETS", SECRET)).url().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://siem.example.test/hook",
                "http://192.0.2.1/",
                "http://127.0.0.1.example.test/",
                "http://localhost.example.test/",
                "ftp://127.0.0.1/",
                "https:///hook",
                "https://user:password@siem.example.test/"
            })
    void otherUrlsAreRefused(String url) {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> target(Map.of("URL", url, "SECRETS", SECRET)), url);
        assertTrue(refused.getMessage().startsWith("signet.webhooks.targets.siem.url:"), refused.getMessage());
    }

    @Test
    void httpIsAllowedBySayingSo() {
        String url = "http://siem.example.test/hook";
        assertEquals(
                url,
                target(Map.of("URL", url, "SECRETS", SECRET, "ALLOW_HTTP", "true"))
                        .url()
                        .toString());
    }

    @Test
    void twoSecretsAreTwoKeys() throws Exception {
        var target = target(Map.of("URL", "https://a.test", "SECRETS", SECRET + "," + OLD));
        assertEquals(2, target.secrets().keys().size());
    }

    @Test
    void aChangedFileCountsAtOnce() throws Exception {
        Path file = directory.resolve("secrets");
        Files.writeString(file, OLD + "\n");
        var target = target(Map.of("URL", "https://a.test", "SECRETS_FILE", file.toString()));
        byte[] old = target.secrets().keys().getFirst();
        Files.writeString(file, SECRET + "\n\n" + OLD + "\n");
        List<byte[]> both = target.secrets().keys();
        assertEquals(2, both.size());
        assertFalse(Arrays.equals(old, both.getFirst()));
        Files.writeString(file, "\n");
        assertThrows(Secrets.Unusable.class, target.secrets()::keys);
        Files.delete(file);
        assertThrows(Secrets.Unusable.class, target.secrets()::keys);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whsec_",
                "whsec_c2hvcnQ=",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_MfKQ9r8GKYqr*wjUPD8ILPZIo2LaLaSw"
            })
    void aSecretThatIsNoneIsRefusedAndNotShown(String secret) {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> target(Map.of("URL", "https://a.test", "SECRETS", secret)));
        assertTrue(refused.getMessage().startsWith("signet.webhooks.targets.siem.secrets:"), refused.getMessage());
        assertFalse(refused.getMessage().contains("MfKQ"), refused.getMessage());
    }

    @Test
    void oneSourceOfSecretsIsRequired() throws IOException {
        Path file = Files.writeString(directory.resolve("secrets"), SECRET);
        assertThrows(IllegalArgumentException.class, () -> target(Map.of("URL", "https://a.test")));
        assertThrows(
                IllegalArgumentException.class,
                () -> target(Map.of("URL", "https://a.test", "SECRETS", SECRET, "SECRETS_FILE", file.toString())));
    }

    @ParameterizedTest
    @CsvSource({"alice@example.test, true", "alice@EXAMPLE.test, true", "alice@example.net, false", ", false"})
    void domainsAreThoseOfTheAccounts(String primary, boolean told) {
        var target = target(Map.of("URL", "https://a.test", "SECRETS", SECRET, "DOMAINS", "Example.Test,b.test"));
        assertEquals(told, target.isToldOf(Optional.ofNullable(primary)));
        var any = target(Map.of("URL", "https://a.test", "SECRETS", SECRET));
        assertTrue(any.isToldOf(Optional.ofNullable(primary)));
    }
}
