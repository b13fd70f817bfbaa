package org.signetmail.directory.parts;

import com.unboundid.ldap.sdk.LDAPException;
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
    private LdapServer ldap;

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("signet-directory");
            broker = LocalBroker.start(directory.resolve("kafka"));
            database = LocalDatabase.start(directory.resolve("postgresql"));
            ldap = LdapServer.start();
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        KeyPair keys = keys();
        return Map.ofEntries(
                Map.entry("kafka.bootstrap.servers", broker.bootstrapServers()),
                Map.entry("quarkus.datasource.jdbc.url", database.createDatabase("directory")),
                Map.entry("quarkus.datasource.username", database.user()),
                Map.entry("quarkus.datasource.password", "unused"),
                Map.entry(
                        "quarkus.oidc.public-key",
                        Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())),
                Map.entry(
                        PRIVATE_KEY,
                        Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded())),
                Map.entry("signet.ldap.urls", "ldap://127.0.0.1:" + ldap.port()),
                Map.entry("signet.ldap.allow-plaintext", "true"),
                Map.entry("signet.ldap.bases", LdapServer.BASE),
                Map.entry("signet.ldap.interval", "24h"));
    }

    @Override
    public void stop() {
        if (ldap != null) {
            ldap.close();
        }
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
