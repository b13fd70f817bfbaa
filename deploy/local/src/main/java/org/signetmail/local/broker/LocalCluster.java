package org.signetmail.local.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.signetmail.local.process.PartFailed;

/**
 * Several Kafka nodes, each in a process of its own, with three copies of everything (if there are three): each can be killed
 * and started again.
 */
public final class LocalCluster implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final List<KafkaNode> nodes;
    private final String clusterId = Uuid.randomUuid().toString();
    private final Map<Integer, LocalBroker> running = new TreeMap<>();

    private LocalCluster(Path directory, List<KafkaNode> nodes) {
        this.directory = directory;
        this.nodes = nodes;
    }

    /** Starts the nodes; data and logs go to directory. They are ready after {@link #awaitReady()}. */
    public static LocalCluster start(Path directory, List<KafkaNode> nodes) {
        var cluster = new LocalCluster(directory, nodes);
        nodes.forEach(cluster::start);
        return cluster;
    }

    /** Starts a node that was killed. */
    public void start(KafkaNode node) {
        Path data = directory.resolve("kafka-" + node.id());
        running.put(
                node.id(),
                LocalBroker.start(data, node, nodes, clusterId, directory.resolve(data.getFileName() + ".log")));
    }

    /** SIGKILL. */
    public void kill(KafkaNode node) {
        running.remove(node.id()).process().kill();
    }

    /** Waits until every node has joined the cluster, and every topic of the contract exists. */
    public void awaitReady() {
        running.values().forEach(LocalBroker::awaitPort);
        LocalBroker any = running.values().iterator().next();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            any.process().await(() -> joined(admin) == nodes.size(), "cluster of " + nodes.size(), START_LIMIT);
        }
        Topics.create(bootstrapServers(), nodes.size());
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
        List.copyOf(running.values()).forEach(broker -> broker.process().kill());
    }
}
