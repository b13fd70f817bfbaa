package org.signetmail.edge;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.signetmail.edge.connection.SelfSigned;
import org.signetmail.edge.policy.PolicyByHand;
import org.signetmail.local.broker.LocalBroker;

/** What the edge needs to run as a service, one set for all tests: Kafka, a directory, a policy, a certificate. */
public final class Parts implements QuarkusTestResourceLifecycleManager {
    public static final String MANAGEMENT_TOKEN = "token-of-an-operator";

    /** Certificate and key of the listeners, beside the archive. */
    public static final String KEY_STORE = "smtp.p12";

    private LocalBroker broker;
    private FakeDirectory directory;
    private PolicyByHand policy;

    @Override
    public Map<String, String> start() {
        try {
            Path files = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "parts");
            broker = LocalBroker.start(files.resolve("kafka"));
            directory = new FakeDirectory(FakeDirectory::honest);
            policy = new PolicyByHand(Map.of("bootstrap.servers", broker.bootstrapServers()));
            return config(files, SelfSigned.create());
        } catch (Exception e) {
            throw new IllegalStateException("The parts do not start", e);
        }
    }

    private Map<String, String> config(Path files, SelfSigned certificate) throws IOException {
        var config = new HashMap<String, String>();
        config.put("kafka.bootstrap.servers", broker.bootstrapServers());
        config.put(
                "quarkus.tls.smtp.key-store.p12.path",
                Files.copy(certificate.store(), files.resolve(KEY_STORE)).toString());
        config.put("quarkus.tls.smtp.key-store.p12.password", SelfSigned.PASSWORD);
        config.put("quarkus.tls.smtp.reload-period", "1S");
        config.put("signet.server-name", "mail.example.test");
        config.put("signet.smtp.host", "127.0.0.1");
        config.put("signet.smtp.port", "0");
        config.put("signet.smtp.tls-port", "0");
        config.put("signet.directory.url", directory.uri().toString());
        config.put("signet.directory.token", FakeDirectory.TOKEN);
        config.put("signet.relay.enabled", "false");
        config.put("signet.archive.enabled", "true");
        config.put("signet.archive.directory", files.resolve("archive").toString());
        config.put("signet.management.token", MANAGEMENT_TOKEN);
        config.put("signet.canary.account", PolicyByHand.FORGER);
        config.put("signet.canary.password", PolicyByHand.FORGER + "-password");
        config.put("signet.canary.interval", "1S");
        config.put("signet.protocol-log.level", "maximum");
        config.put("signet.protocol-log.file", files.resolve("protocol.log").toString());
        return config;
    }

    @Override
    public void stop() {
        policy.close();
        directory.close();
        broker.close();
    }
}
