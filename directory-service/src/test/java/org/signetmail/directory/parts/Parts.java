package org.signetmail.directory.parts;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.database.LocalDatabase;

/** The real Kafka, the real PostgreSQL and the key of the tokens, for every test of the running service. */
public class Parts implements QuarkusTestResourceLifecycleManager {
    static final String PRIVATE_KEY = "signet-test.private-key";

    private LocalBroker broker;
    private LocalDatabase database;

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("signet-directory");
            broker = LocalBroker.start(directory.resolve("kafka"));
            database = LocalDatabase.start(directory.resolve("postgresql"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        KeyPair keys = keys();
        return Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "quarkus.datasource.jdbc.url",
                database.createDatabase("directory"),
                "quarkus.datasource.username",
                database.user(),
                "quarkus.datasource.password",
                "unused",
                "quarkus.oidc.public-key",
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
                PRIVATE_KEY,
                Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has RSA", e);
        }
    }
}
