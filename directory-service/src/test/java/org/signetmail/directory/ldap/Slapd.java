package org.signetmail.directory.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.signetmail.local.process.Ports;

/** A real OpenLDAP on a free loopback port, with what Active Directory's schema has beyond the usual. */
final class Slapd implements AutoCloseable {
    static final String BASE = "dc=example,dc=test";
    static final String ADMIN = "cn=admin," + BASE;
    static final String PASSWORD = "admin-password";
    private static final Path PROGRAM = Path.of("/usr/sbin/slapd");
    private static final String ROOT_DSE = "root-dse.ldif";
    private static final Path MODULES = Path.of("/usr/lib/ldap");

    private final Path configuration;
    private final int port;
    private Process process;

    private Slapd(Path configuration, int port) {
        this.configuration = configuration;
        this.port = port;
    }

    /** Skips the test where OpenLDAP is not installed, unless the build wants it. */
    static Slapd start(Path directory) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM) || "1".equals(System.getenv("SIGNET_REQUIRE_CLIENTS")),
                "slapd is not installed");
        Path data = Files.createDirectories(directory.resolve("data"));
        Path configuration = directory.resolve("slapd.conf");
        Files.writeString(configuration, """
                include /etc/ldap/schema/core.schema
                include /etc/ldap/schema/cosine.schema
                include /etc/ldap/schema/inetorgperson.schema
                include %s
                modulepath %s
                moduleload back_mdb
                pidfile %s
                rootDSE %s
                database mdb
                suffix "%s"
                rootdn "%s"
                rootpw %s
                directory %s
                maxsize 2147483648
                sizelimit unlimited
                index entryUUID,objectClass,modifyTimestamp eq
                """.formatted(
                        schema(),
                        MODULES,
                        directory.resolve("slapd.pid"),
                        Files.writeString(directory.resolve(ROOT_DSE), ""),
                        BASE,
                        ADMIN,
                        PASSWORD,
                        data));
        var slapd = new Slapd(configuration, Ports.free());
        slapd.start();
        return slapd;
    }

    private static Path schema() {
        try {
            return Path.of(
                    Slapd.class.getResource("/ldap/active-directory.schema").toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** What the root DSE says beyond the usual, as LDIF; it is read at a start, so that this is one. */
    void rootDse(String attributes) throws IOException, InterruptedException {
        stop();
        Files.writeString(configuration.resolveSibling(ROOT_DSE), "dn:\n" + attributes);
        start();
    }

    String url() {
        return "ldap://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    /** Adds or changes entries, as LDIF has them. */
    void change(String ldif) throws LDAPException {
        try (var connection = new LDAPConnection("127.0.0.1", port, ADMIN, PASSWORD);
                var reader = new LDIFReader(new ByteArrayInputStream(ldif.getBytes(StandardCharsets.UTF_8)))) {
            for (var next = reader.readChangeRecord(true); next != null; next = reader.readChangeRecord(true)) {
                next.processChange(connection);
            }
        } catch (IOException | LDIFException e) {
            throw new AssertionError(e);
        }
    }

    /** Adds entries while it is stopped, which is quicker by far. */
    void load(Path ldif) throws IOException, InterruptedException {
        stop();
        Process slapadd = new ProcessBuilder(
                        "/usr/sbin/slapadd", "-q", "-f", configuration.toString(), "-l", ldif.toString())
                .inheritIO()
                .start();
        if (slapadd.waitFor() != 0) {
            throw new AssertionError("slapadd failed");
        }
        start();
    }

    /** Deletes all below the base. */
    void deletePeople() throws LDAPException {
        try (var connection = new LDAPConnection("127.0.0.1", port, ADMIN, PASSWORD)) {
            List<String> names =
                    connection
                            .search(BASE, SearchScope.SUBORDINATE_SUBTREE, "(objectClass=*)", "1.1")
                            .getSearchEntries()
                            .stream()
                            .map(SearchResultEntry::getDN)
                            .toList();
            for (String name : names.reversed()) {
                connection.delete(name);
            }
        }
    }

    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(PROGRAM.toString(), "-f", configuration.toString(), "-h", url(), "-d", "0")
                .redirectErrorStream(true)
                .redirectOutput(configuration.resolveSibling("slapd.log").toFile())
                .start();
        while (!Ports.isTaken(port)) {
            if (!process.isAlive()) {
                throw new AssertionError(Files.readString(configuration.resolveSibling("slapd.log")));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** Ends it as a power cut does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
