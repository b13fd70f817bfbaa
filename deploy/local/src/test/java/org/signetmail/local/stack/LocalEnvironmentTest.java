package org.signetmail.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.local.secrets.Secrets;

/** {@code local.env} has the names that others rely on, and a shell reads from it what was written. */
class LocalEnvironmentTest {
    @Test
    void aShellReadsWhatWasWritten(@TempDir Path directory) throws Exception {
        Path home = Files.createDirectory(directory.resolve("it's a directory"));
        Secrets secrets = Secrets.in(home.resolve("secrets"));
        Map<String, String> variables = LocalEnvironment.variables(new Endpoints(100), secrets);
        Path file = home.resolve("local.env");
        LocalEnvironment.write(file, variables);

        var read = new LinkedHashMap<String, String>();
        for (String name : variables.keySet()) {
            read.put(name, shell(". \"$0\"; printf %s \"$" + name + "\"", file));
        }
        assertEquals(variables, read);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void portsAreShiftedTogether(@TempDir Path directory) {
        Map<String, String> variables =
                LocalEnvironment.variables(new Endpoints(100), Secrets.in(directory.resolve("secrets")));
        assertEquals("2687", variables.get("SIGNET_SMTP_PORT"));
        assertEquals("2565", variables.get("SIGNET_SMTP_TLS_PORT"));
        assertEquals("2243", variables.get("SIGNET_IMAP_PORT"));
        assertEquals("2625", variables.get("SIGNET_STORE_SMTP_PORT"));
        assertEquals("http://127.0.0.1:8180", variables.get("SIGNET_EDGE_URL"));
        assertEquals("http://127.0.0.1:8181", variables.get("SIGNET_DIRECTORY_URL"));
        assertEquals("http://127.0.0.1:8182", variables.get("SIGNET_POLICY_URL"));
        assertEquals("http://127.0.0.1:8183", variables.get("SIGNET_NOTIFIER_URL"));
        assertEquals("http://127.0.0.1:9183", variables.get("SIGNET_NOTIFIER_MANAGEMENT_URL"));
        assertEquals("127.0.0.1:19192", variables.get("KAFKA_BOOTSTRAP_SERVERS"));
        assertEquals("postgresql://postgres@127.0.0.1:15532/directory", variables.get("SIGNET_DATABASE_URL"));
    }

    private static String shell(String script, Path file) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", script, file.toString()).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
