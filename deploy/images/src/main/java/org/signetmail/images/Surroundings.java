package org.signetmail.images;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.signetmail.local.broker.LocalBroker;
import org.signetmail.local.database.LocalDatabase;
import org.signetmail.local.process.Ports;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.secrets.Secrets;

/** A broker and a database on loopback, and the environment in which a service finds them. */
final class Surroundings implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final LocalBroker broker;
    private final LocalDatabase database;
    private final Secrets secrets;

    private Surroundings(LocalBroker broker, LocalDatabase database, Secrets secrets) {
        this.broker = broker;
        this.database = database;
        this.secrets = secrets;
    }

    static Surroundings start(Path directory) {
        LocalBroker broker = LocalBroker.start(directory.resolve("kafka"));
        return new Surroundings(
                broker, LocalDatabase.start(directory.resolve("postgresql")), Secrets.in(directory.resolve("secrets")));
    }

    /** Environment of a service whose management port is the given one; its other ports are free ones. */
    Map<String, String> environment(Service service, int managementPort) {
        var variables = new HashMap<String, String>();
        variables.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
        variables.put("QUARKUS_HTTP_HOST", LOOPBACK);
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(Ports.free()));
        variables.put("QUARKUS_MANAGEMENT_HOST", LOOPBACK);
        variables.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        variables.put("QUARKUS_OIDC_PUBLIC_KEY", secrets.publicKey());
        switch (service) {
            case DIRECTORY_SERVICE -> database(variables, "directory");
            case NOTIFIER -> database(variables, "notifier");
            case POLICY_SERVICE -> variables.put("SIGNET_DIRECTORY_TOKEN", secrets.token(Role.POLICY));
            case SMTP_EDGE -> {
                variables.put("SIGNET_DIRECTORY_TOKEN", secrets.token(Role.EDGE));
                variables.put("SIGNET_SMTP_HOST", LOOPBACK);
                variables.put("SIGNET_SMTP_PORT", Integer.toString(Ports.free()));
                variables.put("SIGNET_SMTP_TLS_PORT", "-1");
            }
        }
        return variables;
    }

    @Override
    public void close() {
        database.close();
        broker.close();
    }

    private void database(Map<String, String> variables, String name) {
        variables.put("QUARKUS_DATASOURCE_JDBC_URL", database.createDatabase(name));
        variables.put("QUARKUS_DATASOURCE_USERNAME", database.user());
        variables.put("QUARKUS_DATASOURCE_PASSWORD", "unused");
    }
}
