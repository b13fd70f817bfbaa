package org.signetmail.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.signetmail.bench.load.Door;
import org.signetmail.bench.noop.NoopServer;
import org.signetmail.local.process.JavaProcess;
import org.signetmail.local.process.Ports;

/** The baseline's server in a JVM of its own. */
record RunningNoop(JavaProcess process, Door door, Path directory) implements RunningServer {
    private static final String NAME = "no-op";
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    static RunningNoop start(Path directory) throws IOException {
        Files.createDirectories(directory);
        int port = Ports.free();
        JavaProcess process = JavaProcess.named(NAME, directory.resolve("no-op.log"))
                .option("-Xmx256m")
                .mainClass(System.getProperty("java.class.path"), NoopServer.class.getName())
                .argument(Integer.toString(port))
                .start();
        process.awaitPort(port, START_LIMIT);
        return new RunningNoop(process, Door.plain(port), directory);
    }

    @Override
    public Map<String, Long> processes() {
        return Map.of(NAME, process.pid());
    }

    @Override
    public OptionalLong edge() {
        return OptionalLong.of(process.pid());
    }

    @Override
    public Map<String, Long> queued() {
        return Map.of();
    }

    @Override
    public void close() {
        process.close();
    }
}
