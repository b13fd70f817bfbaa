package org.signetmail.local.stack;

import java.util.List;

/**
 * Where the parts listen, all on 127.0.0.1.
 *
 * @param offset added to every port
 */
public record Endpoints(int offset) {
    public static final String HOST = "127.0.0.1";

    /** A port, the part that listens on it, and what for. */
    public record Listener(Part part, String purpose, int port) {}

    /** Submission with STARTTLS. */
    public int smtpPort() {
        return 2587 + offset;
    }

    /** Submissions: TLS from the first octet. */
    public int smtpTlsPort() {
        return 2465 + offset;
    }

    public int storeSmtpPort() {
        return 2525 + offset;
    }

    public int imapPort() {
        return 2143 + offset;
    }

    public int kafkaPort() {
        return 19092 + offset;
    }

    public int kafkaControllerPort() {
        return 19093 + offset;
    }

    public int databasePort() {
        return 15432 + offset;
    }

    /** REST port of a service. */
    public int httpPort(Part service) {
        return 8080 + order(service) + offset;
    }

    /** Port of a service's health and metrics. */
    public int managementPort(Part service) {
        return 9080 + order(service) + offset;
    }

    /** REST address of a service, without a slash at its end. */
    public String url(Part service) {
        return "http://" + HOST + ":" + httpPort(service);
    }

    /** Address of a service's health and metrics, without a slash at its end. */
    public String managementUrl(Part service) {
        return "http://" + HOST + ":" + managementPort(service);
    }

    public String bootstrapServers() {
        return HOST + ":" + kafkaPort();
    }

    /** JDBC address of one of the databases "directory" and "notifier"; user postgres, no password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + databasePort() + "/" + database;
    }

    /** Every port of a part, the one that says most about it first. */
    public List<Listener> listeners(Part part) {
        return switch (part) {
            case KAFKA ->
                List.of(new Listener(part, "Kafka", kafkaPort()), new Listener(part, "KRaft", kafkaControllerPort()));
            case POSTGRESQL -> List.of(new Listener(part, "SQL", databasePort()));
            case MAIL_STORE ->
                List.of(new Listener(part, "SMTP", storeSmtpPort()), new Listener(part, "IMAP", imapPort()));
            case SMTP_EDGE ->
                List.of(
                        new Listener(part, "SMTP, STARTTLS", smtpPort()),
                        new Listener(part, "SMTP, TLS", smtpTlsPort()),
                        new Listener(part, "HTTP", httpPort(part)),
                        new Listener(part, "management", managementPort(part)));
            case DIRECTORY_SERVICE, POLICY_SERVICE, NOTIFIER ->
                List.of(
                        new Listener(part, "HTTP", httpPort(part)),
                        new Listener(part, "management", managementPort(part)));
        };
    }

    private static int order(Part service) {
        return switch (service) {
            case SMTP_EDGE -> 0;
            case DIRECTORY_SERVICE -> 1;
            case POLICY_SERVICE -> 2;
            case NOTIFIER -> 3;
            case KAFKA, POSTGRESQL, MAIL_STORE ->
                throw new IllegalArgumentException(service.label() + " has no HTTP port");
        };
    }
}
