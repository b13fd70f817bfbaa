package org.signetmail.local.stack;

import java.util.HashMap;
import java.util.Map;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.secrets.Secrets;

/**
 * The environment variables that configure each service for this stack. Ports, addresses and secrets are the stack's;
 * the archive and the protocol log are defaults, which a variable of the caller's environment outranks.
 */
final class ServiceEnvironment {
    static final String SERVER_NAME = "mail.example.test";
    static final String ADMINISTRATOR = "postmaster@example.test";

    private final Home home;
    private final Endpoints endpoints;
    private final Secrets secrets;

    ServiceEnvironment(Home home, Endpoints endpoints, Secrets secrets) {
        this.home = home;
        this.endpoints = endpoints;
        this.secrets = secrets;
    }

    Map<String, String> of(Part service) {
        var variables = new HashMap<String, String>();
        variables.put("KAFKA_BOOTSTRAP_SERVERS", endpoints.bootstrapServers());
        variables.put("QUARKUS_HTTP_HOST", Endpoints.HOST);
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(endpoints.httpPort(service)));
        variables.put("QUARKUS_MANAGEMENT_HOST", Endpoints.HOST);
        variables.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(endpoints.managementPort(service)));
        // The edge serves no REST to people, but a service without a key or an issuer does not start.
        variables.put("QUARKUS_OIDC_PUBLIC_KEY", secrets.publicKey());
        switch (service) {
            case DIRECTORY_SERVICE -> database(variables, "directory");
            case POLICY_SERVICE -> directory(variables, Role.POLICY);
            case NOTIFIER -> {
                database(variables, "notifier");
                variables.put("SIGNET_ADMINISTRATOR", ADMINISTRATOR);
                variables.put("SIGNET_POLICY_URL", endpoints.url(Part.POLICY_SERVICE));
                variables.put("SIGNET_SERVER_NAME", SERVER_NAME);
                // Whoever tries things out wants to read of each, not a digest an hour later.
                unlessSet(variables, "SIGNET_NOTICES_WINDOW", "0s");
                unlessSet(variables, "SIGNET_NOTICES_PER_HOUR", "1000000");
            }
            case SMTP_EDGE -> {
                directory(variables, Role.EDGE);
                edge(variables);
            }
            case KAFKA, POSTGRESQL, MAIL_STORE ->
                throw new IllegalArgumentException(service.label() + " is configured otherwise");
        }
        return variables;
    }

    private void database(Map<String, String> variables, String name) {
        variables.put("QUARKUS_DATASOURCE_JDBC_URL", endpoints.jdbcUrl(name));
        variables.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
        variables.put("QUARKUS_DATASOURCE_PASSWORD", "unused");
    }

    private void directory(Map<String, String> variables, Role role) {
        variables.put("SIGNET_DIRECTORY_URL", endpoints.url(Part.DIRECTORY_SERVICE));
        variables.put("SIGNET_DIRECTORY_TOKEN", secrets.token(role));
    }

    private void edge(Map<String, String> variables) {
        variables.put("SIGNET_SERVER_NAME", SERVER_NAME);
        variables.put("SIGNET_SMTP_HOST", Endpoints.HOST);
        variables.put("SIGNET_SMTP_PORT", Integer.toString(endpoints.smtpPort()));
        variables.put("SIGNET_SMTP_TLS_PORT", Integer.toString(endpoints.smtpTlsPort()));
        variables.put("SIGNET_SMTP_ALLOW_PLAINTEXT_AUTH", "true");
        variables.put("SIGNET_EDGE_REPLY_PARTITION", "0");
        variables.put("SIGNET_MANAGEMENT_TOKEN", secrets.token(Role.ADMIN));
        variables.put("SIGNET_RELAY_NEXT_HOP", "smtp://" + Endpoints.HOST + ":" + endpoints.storeSmtpPort());
        variables.put("QUARKUS_TLS_SMTP_KEY_STORE_P12_PATH", secrets.keyStore().toString());
        variables.put("QUARKUS_TLS_SMTP_KEY_STORE_P12_PASSWORD", secrets.keyStorePassword());
        unlessSet(variables, "SIGNET_ARCHIVE_ENABLED", "false");
        unlessSet(
                variables,
                "SIGNET_ARCHIVE_DIRECTORY",
                home.directory().resolve("archive").toString());
        unlessSet(variables, "SIGNET_PROTOCOL_LOG_LEVEL", "medium");
        unlessSet(variables, "SIGNET_SMTP_EXEMPT_NETWORKS", "127.0.0.0/8"); // every client is this host
        unlessSet(
                variables,
                "SIGNET_SMTP_SPILL_DIRECTORY",
                home.directory().resolve("spill").toString());
        unlessSet(
                variables,
                "SIGNET_PROTOCOL_LOG_FILE",
                home.logs().resolve("protocol.log").toString());
    }

    private static void unlessSet(Map<String, String> variables, String name, String value) {
        if (System.getenv(name) == null) {
            variables.put(name, value);
        }
    }
}
