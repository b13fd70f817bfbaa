package org.signetmail.local.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.signetmail.local.process.JavaProcess;
import org.signetmail.local.process.Ports;

/**
 * A real Kafka broker (KRaft, one node) on loopback, in a process of its own. Topics are those of the contract and no
 * others: a misspelt topic fails instead of appearing.
 */
public final class LocalBroker implements AutoCloseable {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final JavaProcess process;
    private final int port;

    private LocalBroker(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a broker on a free port with the contract's topics, as tests want it; data and log go to directory. */
    public static LocalBroker start(Path directory) {
        LocalBroker broker = start(directory, Ports.free(), Ports.free());
        broker.awaitReady();
        return broker;
    }

    /**
     * Starts a broker whose data lives in directory; it is ready after {@link #awaitReady()}.
     *
     * @param controllerPort loopback port of the KRaft controller, which only this broker uses
     */
    public static LocalBroker start(Path directory, int port, int controllerPort) {
        return start(directory, port, controllerPort, directory.resolve("kafka.log"));
    }

    /** As {@link #start(Path, int, int)}, with the log elsewhere. */
    public static LocalBroker start(Path directory, int port, int controllerPort, Path log) {
        try {
            Files.createDirectories(directory);
            Path settings = directory.resolve("broker.properties");
            try (Writer writer = Files.newBufferedWriter(settings)) {
                settings(directory, port, controllerPort).store(writer, "Written at each start");
            }
            JavaProcess process = JavaProcess.named("kafka", log)
                    .option("-Xmx384m")
                    .option("-XX:+UseSerialGC")
                    .option("-Dorg.slf4j.simpleLogger.showDateTime=true")
                    .option("-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS")
                    .mainClass("org.signetmail.local.broker.BrokerMain")
                    .argument(settings.toString())
                    .start();
            return new LocalBroker(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the broker answers and every topic of the contract exists. */
    public void awaitReady() {
        process.awaitPort(port, START_LIMIT);
        Topics.create(bootstrapServers());
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public JavaProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }

    private static Properties settings(Path directory, int port, int controllerPort) {
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("log.dirs", directory.resolve("log").toAbsolutePath().toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("controlled.shutdown.enable", "false");
        // A broker that starts again is refused until the session of the killed one has ended; the default is 9 s.
        settings.put("broker.session.timeout.ms", "2000");
        settings.put("broker.heartbeat.interval.ms", "200");
        return settings;
    }
}
