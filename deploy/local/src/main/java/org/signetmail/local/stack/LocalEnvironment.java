package org.signetmail.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.signetmail.local.secrets.Role;
import org.signetmail.local.secrets.Secrets;

/** {@code local.env}: endpoints and tokens as NAME=value lines that a shell can source; written at each start. */
final class LocalEnvironment {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%_+=:,./-]*");

    private LocalEnvironment() {}

    static Map<String, String> variables(Endpoints endpoints, Secrets secrets) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("SIGNET_SMTP_PORT", Integer.toString(endpoints.smtpPort()));
        variables.put("SIGNET_SMTP_TLS_PORT", Integer.toString(endpoints.smtpTlsPort()));
        variables.put("SIGNET_IMAP_PORT", Integer.toString(endpoints.imapPort()));
        variables.put("SIGNET_STORE_SMTP_PORT", Integer.toString(endpoints.storeSmtpPort()));
        variables.put("SIGNET_TLS_CERTIFICATE", secrets.certificate().toString());
        for (Part service : Part.values()) {
            if (service.isService()) {
                variables.put(prefix(service) + "_URL", endpoints.url(service));
                variables.put(prefix(service) + "_MANAGEMENT_URL", endpoints.managementUrl(service));
            }
        }
        for (Role role : Role.values()) {
            variables.put("SIGNET_" + role.name() + "_TOKEN", secrets.token(role));
        }
        variables.put("KAFKA_BOOTSTRAP_SERVERS", endpoints.bootstrapServers());
        variables.put(
                "SIGNET_DATABASE_URL",
                "postgresql://postgres@" + Endpoints.HOST + ":" + endpoints.databasePort() + "/directory");
        return variables;
    }

    static void write(Path file, Map<String, String> variables) {
        String text = variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()) + "\n")
                .collect(Collectors.joining(
                        "", "# Written at each start of the local stack. Use: . .signet/local.env\n", ""));
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    private static String prefix(Part service) {
        return switch (service) {
            case SMTP_EDGE -> "SIGNET_EDGE";
            case DIRECTORY_SERVICE -> "SIGNET_DIRECTORY";
            case POLICY_SERVICE -> "SIGNET_POLICY";
            case NOTIFIER -> "SIGNET_NOTIFIER";
            case KAFKA, POSTGRESQL, MAIL_STORE -> throw new IllegalArgumentException(service.label() + " has no URL");
        };
    }
}
