package org.signetmail.notifier;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.database.LocalDatabase;
import org.signetmail.local.process.Ports;

/** A real Kafka, a real PostgreSQL that can be stopped and started, and a key that signs tokens: one set for all tests. */
public final class Parts implements QuarkusTestResourceLifecycleManager {
    private static final KeyPair KEYS = keys();
    private static final int DATABASE_PORT = Ports.free();

    /** Where a test may have a policy-service listen; usually nobody does. */
    public static final int POLICY_PORT = Ports.free();

    /** Where a test may have a webhook's receiver listen; nobody ever does at the other one. */
    public static final int WEBHOOK_PORT = Ports.free();

    private static final int DEAD_PORT = Ports.free();

    /** Keys of the webhook: the new one, and the one before. */
    public static final List<String> WEBHOOK_SECRETS =
            List.of("whsec_" + base64("a new key of the webhook"), "whsec_" + base64("the key that is rotated."));

    /** Webhooks are told of accounts of this domain only. */
    public static final String WEBHOOK_DOMAIN = "hooks.example";

    private static Path directory;
    private static LocalBroker broker;
    private static LocalDatabase database;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("signet-notifier");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = LocalBroker.start(directory.resolve("kafka"));
        startDatabase();
        var settings = new HashMap<String, String>(webhooks());
        settings.putAll(Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "quarkus.datasource.jdbc.url",
                database.createDatabase("notifier"),
                "quarkus.datasource.username",
                database.user(),
                "quarkus.datasource.password",
                "postgres",
                "quarkus.oidc.public-key",
                Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()),
                "signet.policy.url",
                "http://127.0.0.1:" + POLICY_PORT,
                "signet.server-name",
                "mail.example.test",
                "signet.administrator",
                "postmaster@example.test"));
        return settings;
    }

    private static Map<String, String> webhooks() {
        String targets = "signet.webhooks.targets.";
        return Map.of(
                targets + "siem.url",
                "http://127.0.0.1:" + WEBHOOK_PORT + "/hook",
                targets + "siem.secrets",
                String.join(",", WEBHOOK_SECRETS),
                targets + "siem.domains",
                WEBHOOK_DOMAIN,
                targets + "dead.url",
                "http://127.0.0.1:" + DEAD_PORT,
                targets + "dead.secrets",
                WEBHOOK_SECRETS.getFirst(),
                targets + "dead.domains",
                WEBHOOK_DOMAIN,
                "signet.webhooks.timeout",
                "2s",
                "signet.webhooks.poll-interval",
                "50ms");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void stop() {
        database.close();
        broker.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Parts::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String bootstrapServers() {
        return broker.bootstrapServers();
    }

    static void startDatabase() {
        database = LocalDatabase.start(directory.resolve("postgresql"), DATABASE_PORT);
    }

    static void stopDatabase() {
        database.close();
    }

    /** A bearer token with this role. */
    public static String token(String role) {
        return Jwt.claims().upn("somebody").groups(Set.of(role)).expiresIn(3600).sign(KEYS.getPrivate());
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has RSA", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
