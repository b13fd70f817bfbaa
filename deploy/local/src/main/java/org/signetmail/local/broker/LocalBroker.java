package org.signetmail.local.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.signetmail.local.process.JavaProcess;
import org.signetmail.local.process.Ports;

/**
 * A real Kafka (KRaft) on loopback, in a process of its own: one broker, unless options say otherwise. Topics are those of the contract and no
 * others: a misspelt topic fails instead of appearing.
 */
public final class LocalBroker implements AutoCloseable {
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final int HEAP_MIB = 384;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final JavaProcess process;
    private final int port;
    private final BrokerOptions options;

    private LocalBroker(JavaProcess process, int port, BrokerOptions options) {
        this.process = process;
        this.port = port;
        this.options = options;
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
        return start(directory, port, controllerPort, log, BrokerOptions.ONE_BROKER);
    }

    /** As {@link #start(Path, int, int, Path)}; ports of a second and a third broker are free ones. */
    public static LocalBroker start(Path directory, int port, int controllerPort, Path log, BrokerOptions options) {
        var nodes = new ArrayList<>(List.of(KafkaNode.onLoopback(1, port, controllerPort)));
        while (nodes.size() < options.brokers()) {
            nodes.add(KafkaNode.onLoopback(nodes.size() + 1, Ports.free(), Ports.free()));
        }
        var settings = new BrokerSettings(directory, nodes, Uuid.randomUuid().toString(), options);
        try {
            Files.createDirectories(directory);
            var builder = JavaProcess.named("kafka", log)
                    .option("-Xmx" + HEAP_MIB * options.brokers() + "m")
                    .option("-XX:+UseSerialGC")
                    .option("-Dorg.slf4j.simpleLogger.showDateTime=true")
                    .option("-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS")
                    .mainClass("org.signetmail.local.broker.BrokerMain");
            for (int broker = 0; broker < options.brokers(); broker++) {
                Path file =
                        directory.resolve(broker == 0 ? "broker.properties" : "broker-" + (broker + 1) + ".properties");
                try (Writer writer = Files.newBufferedWriter(file)) {
                    settings.of(broker).store(writer, "Written at each start");
                }
                builder.argument(file.toString());
            }
            return new LocalBroker(builder.start(), port, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the broker answers and every topic of the contract exists. */
    public void awaitReady() {
        process.awaitPort(port, START_LIMIT);
        if (options.brokers() > 1) {
            process.await(this::allAreThere, "answer of all brokers", START_LIMIT);
        }
        Topics.create(bootstrapServers(), options);
    }

    private boolean allAreThere() {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            return admin.describeCluster().nodes().get().size() == options.brokers();
        } catch (ExecutionException e) {
            return false; // The first one has no leader to ask yet.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the brokers were starting", e);
        }
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
}
