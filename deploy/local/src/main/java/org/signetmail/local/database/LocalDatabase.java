package org.signetmail.local.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.signetmail.local.process.AtExit;
import org.signetmail.local.process.PartFailed;
import org.signetmail.local.process.Ports;
import org.signetmail.local.process.ProcessRecord;
import org.signetmail.local.process.RunningPart;

/**
 * A real PostgreSQL on loopback with binaries from Maven Central; runs as root and as an ordinary user. The library
 * switches durability off for the sake of throw-away tests; here it is on, because kill tests rely on it.
 */
public final class LocalDatabase implements RunningPart {
    private static final String USER = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;
    private final ProcessRecord postmaster;
    private final Path log;

    private LocalDatabase(EmbeddedPostgres postgres, ProcessRecord postmaster, Path log) {
        this.postgres = postgres;
        this.postmaster = postmaster;
        this.log = log;
    }

    /** Starts PostgreSQL on a free port, as tests want it. */
    public static LocalDatabase start(Path directory) {
        return start(directory, Ports.free());
    }

    /** Starts PostgreSQL; data, binaries and log live in directory and survive {@link #close()}. */
    public static LocalDatabase start(Path directory, int port) {
        return start(directory, port, directory.resolve("postgresql.log"));
    }

    /** As {@link #start(Path, int)}, with the log elsewhere. */
    public static LocalDatabase start(Path directory, int port, Path log) {
        Path data = directory.resolve("data");
        try {
            Files.createDirectories(directory);
            var output = ProcessBuilder.Redirect.appendTo(log.toFile());
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(START_LIMIT)
                    .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    // No socket in /tmp, where a killed server of another user would leave one that is in the way.
                    .setServerConfig("unix_socket_directories", "")
                    .setErrorRedirector(output)
                    .setOutputRedirector(output)
                    .start();
            var database = new LocalDatabase(postgres, postmaster(data), log);
            AtExit.close(database);
            return database;
        } catch (IOException | IllegalStateException e) {
            killWhatStarted(data);
            throw new PartFailed("postgresql did not start (" + e.getMessage() + ")", log, e);
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
    @Override
    public long pid() {
        return postmaster.pid();
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public void kill() {
        postmaster.kill();
        close();
    }

    @Override
    public void close() {
        AtExit.forget(this);
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void killWhatStarted(Path data) {
        try {
            if (Files.exists(data.resolve("postmaster.pid"))) {
                postmaster(data).kill();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** postmaster.pid: the process id in line 1, the start in seconds in line 3. pg_ctl, which started it, has ended. */
    private static ProcessRecord postmaster(Path data) throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
        return new ProcessRecord(
                Long.parseLong(lines.getFirst().trim()),
                Instant.ofEpochSecond(Long.parseLong(lines.get(2).trim())));
    }
}
