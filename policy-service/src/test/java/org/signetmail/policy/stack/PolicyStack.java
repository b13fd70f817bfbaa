package org.signetmail.policy.stack;

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
import org.signetmail.local.process.Ports;

/** What policy-service needs around it: a real broker, a directory that fails on demand, and a key that signs tokens. */
public final class PolicyStack implements QuarkusTestResourceLifecycleManager {
    private LocalBroker broker;
    private FakeDirectory directory;
    private Tokens tokens;

    @Override
    public Map<String, String> start() {
        int port = Ports.free();
        KeyPair keys = keys();
        broker = LocalBroker.start(temporary());
        directory = new FakeDirectory(port);
        tokens = new Tokens(keys.getPrivate());
        return Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "signet.directory.url",
                "http://127.0.0.1:" + port,
                "signet.directory.token",
                FakeDirectory.TOKEN,
                "signet.directory.timeout",
                "500ms",
                "signet.suspension.addresses",
                "6",
                "quarkus.oidc.public-key",
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(directory, new TestInjector.MatchesType(FakeDirectory.class));
        injector.injectIntoFields(new Broker(broker.bootstrapServers()), new TestInjector.MatchesType(Broker.class));
        injector.injectIntoFields(tokens, new TestInjector.MatchesType(Tokens.class));
    }

    @Override
    public void stop() {
        if (directory != null) {
            directory.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("signet-policy");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
