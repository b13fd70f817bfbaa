package org.signetmail.local.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.signetmail.local.process.Ports;

/**
 * A real PostgreSQL on loopback with binaries from Maven Central; runs as root and as an ordinary user. The library
 * switches durability off for the sake of throw-away tests; here it is on, because kill tests rely on it.
 */
public final class LocalDatabase implements AutoCloseable {
    private static final String USER = "postgres";

    private final EmbeddedPostgres postgres;
    private final Path data;

    private LocalDatabase(EmbeddedPostgres postgres, Path data) {
        this.postgres = postgres;
        this.data = data;
    }

    /** Starts PostgreSQL on a free port, as tests want it. */
    public static LocalDatabase start(Path directory) {
        return start(directory, Ports.free());
    }

    /** Starts PostgreSQL; data, binaries and log live in directory and survive {@link #close()}. */
    public static LocalDatabase start(Path directory, int port) {
        try {
            Files.createDirectories(directory);
            Path data = directory.resolve("data");
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("postgresql.log").toFile()))
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("postgresql.log").toFile()))
                    .start();
            return new LocalDatabase(postgres, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates an empty database unless it exists, and returns its JDBC address. */
    public String createDatabase(String name) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            boolean exists = statement
                    .executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")
                    .next();
            if (!exists) {
                statement.execute("CREATE DATABASE \"" + name + "\"");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not create the database " + name, e);
        }
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name;
    }

    public String user() {
        return USER;
    }

    /** Process id of the postmaster. */
    public long pid() {
        try {
            return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                    .getFirst()
                    .trim());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
