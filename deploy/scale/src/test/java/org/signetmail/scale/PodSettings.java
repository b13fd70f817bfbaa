package org.signetmail.scale;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.signetmail.local.database.LocalDatabase;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.secrets.Secrets;
import org.signetmail.local.stack.Part;

/** What each pod is told, as its ConfigMap and Secrets would: the settings of production but for what tests want sooner. */
record PodSettings(Net net, Path directory, Secrets secrets, String kafka, LocalDatabase database) {
    static final int DIRECTORY_HOST = 40;

    /** Small: a dozen of them run on one machine, and start again and again. */
    static final List<String> JVM = List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    static int host(Part service, int number) {
        return switch (service) {
            case SMTP_EDGE -> 10 + number;
            case POLICY_SERVICE -> 20 + number;
            case NOTIFIER -> 30 + number;
            case DIRECTORY_SERVICE -> DIRECTORY_HOST;
            case KAFKA, POSTGRESQL, MAIL_STORE -> throw new IllegalArgumentException(service.label());
        };
    }

    Map<String, String> of(Part service, int number) {
        var variables = new HashMap<String, String>();
        String host = net.host(host(service, number));
        variables.put("KAFKA_BOOTSTRAP_SERVERS", kafka);
        variables.put("QUARKUS_HTTP_HOST", host);
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(Net.HTTP_PORT));
        variables.put("QUARKUS_MANAGEMENT_HOST", host);
        variables.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(Net.MANAGEMENT_PORT));
        variables.put("QUARKUS_OIDC_PUBLIC_KEY", secrets.publicKey());
        switch (service) {
            case DIRECTORY_SERVICE -> database(variables, "directory");
            case POLICY_SERVICE -> {
                directory(variables, Role.POLICY);
                variables.put("SIGNET_SUSPENSION_ADDRESSES", "0"); // the load forges on and on
            }
            case NOTIFIER -> {
                database(variables, "notifier");
                variables.put("SIGNET_ADMINISTRATOR", "postmaster@example.test");
                variables.put(
                        "SIGNET_NOTICES_WINDOW", "0s"); // each refusal is told by itself, so that they can be counted
                variables.put("SIGNET_NOTICES_PER_HOUR", "1000000");
            }
            case SMTP_EDGE -> edge(variables, host, number);
            case KAFKA, POSTGRESQL, MAIL_STORE -> throw new IllegalArgumentException(service.label());
        }
        return variables;
    }

    private void edge(Map<String, String> variables, String host, int number) {
        directory(variables, Role.EDGE);
        variables.put("SIGNET_SERVER_NAME", "smtp-edge-" + number + ".example.test"); // clients see who serves them
        variables.put("SIGNET_SMTP_HOST", host);
        variables.put("SIGNET_SMTP_PORT", Integer.toString(Net.SMTP_PORT));
        variables.put("SIGNET_SMTP_TLS_PORT", "-1");
        variables.put("SIGNET_SMTP_ALLOW_PLAINTEXT_AUTH", "true");
        variables.put("SIGNET_SMTP_PROXY_NETWORKS", net.balancer() + "/32");
        variables.put(
                "SIGNET_SMTP_SPILL_DIRECTORY",
                directory.resolve("spill-" + number).toString());
        variables.put("SIGNET_EDGE_REPLY_PARTITION", Integer.toString(number - 1));
        variables.put("SIGNET_RELAY_NEXT_HOP", "smtp://" + net.nextHop() + ":" + NextHop.PORT);
        variables.put("QUARKUS_SHUTDOWN_DELAY", "1S"); // the load balancer looks five times in it
    }

    private void database(Map<String, String> variables, String name) {
        variables.put("QUARKUS_DATASOURCE_JDBC_URL", database.createDatabase(name));
        variables.put("QUARKUS_DATASOURCE_USERNAME", database.user());
        variables.put("QUARKUS_DATASOURCE_PASSWORD", "unused");
    }

    private void directory(Map<String, String> variables, Role role) {
        variables.put("SIGNET_DIRECTORY_URL", directoryUrl());
        variables.put("SIGNET_DIRECTORY_TOKEN", secrets.token(role));
    }

    String directoryUrl() {
        return "http://" + net.host(DIRECTORY_HOST) + ":" + Net.HTTP_PORT;
    }
}
