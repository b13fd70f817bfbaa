package org.signetmail.local.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.signetmail.local.process.JavaProcess;
import org.signetmail.local.process.PartFailed;
import org.signetmail.local.process.Ports;

/** Several Kafka nodes, each in a process and on an address of its own: each can be killed and started again. */
public final class LocalCluster implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final List<KafkaNode> nodes;
    private final BrokerSettings settings;
    private final BrokerOptions options;
    private final Map<KafkaNode, JavaProcess> running = new ConcurrentHashMap<>();

    private LocalCluster(Path directory, List<KafkaNode> nodes) {
        this.directory = directory;
        this.nodes = nodes;
        this.options = BrokerOptions.ONE_BROKER.withBrokers(nodes.size());
        this.settings = new BrokerSettings(directory, nodes, Uuid.randomUuid().toString(), options);
    }

    /** Starts the nodes; data and logs go to directory. They are ready after {@link #awaitReady()}. */
    public static LocalCluster start(Path directory, List<KafkaNode> nodes) {
        var cluster = new LocalCluster(directory, nodes);
        nodes.forEach(cluster::start);
        return cluster;
    }

    /** Starts a node, or one that was killed again. */
    public void start(KafkaNode node) {
        String name = "kafka-" + node.id();
        Properties ofThis = settings.of(nodes.indexOf(node));
        // As in production, where Strimzi lets nobody change them: 9 s, and leaders move before a broker ends.
        List.of("broker.session.timeout.ms", "broker.heartbeat.interval.ms", "controlled.shutdown.enable")
                .forEach(ofThis::remove);
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(name + ".properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                ofThis.store(writer, "Written at each start");
            }
            running.put(
                    node,
                    JavaProcess.named(name, directory.resolve(name + ".log"))
                            .option("-Xmx384m")
                            .option("-XX:+UseSerialGC")
                            .option("-XX:TieredStopAtLevel=1") // none lives long
                            .mainClass("org.signetmail.local.broker.BrokerMain")
                            .argument(file.toString())
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. */
    public void kill(KafkaNode node) {
        running.remove(node).kill();
    }

    /** Waits until every node has joined the cluster, and every topic of the contract exists. */
    public void awaitReady() {
        running.forEach((node, process) ->
                process.await(() -> Ports.isTaken(node.host(), node.port()), "port " + node.port(), START_LIMIT));
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            running.get(nodes.getFirst()).await(() -> joined(admin) == nodes.size(), "whole cluster", START_LIMIT);
        }
        Topics.create(bootstrapServers(), options);
    }

    private int joined(Admin admin) {
        try {
            return admin.describeCluster().nodes().get().size();
        } catch (ExecutionException _) {
            return 0; // Not there yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartFailed("Interrupted while Kafka's nodes were joining", directory);
        }
    }

    public String bootstrapServers() {
        return KafkaNode.bootstrapServers(nodes);
    }

    @Override
    public void close() {
        // All at once: the last ones would wait for a quorum that has gone.
        List.copyOf(running.keySet()).forEach(this::kill);
    }
}
