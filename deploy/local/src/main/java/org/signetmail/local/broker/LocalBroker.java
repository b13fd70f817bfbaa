package org.signetmail.local.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.signetmail.local.process.JavaProcess;
import org.signetmail.local.process.Ports;

/**
 * A real Kafka broker (KRaft) on loopback, in a process of its own: alone, or a node of a {@link LocalCluster}. Topics are
 * those of the contract and no others: a misspelt topic fails instead of appearing.
 */
public final class LocalBroker implements AutoCloseable {
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final int MOST_COPIES = 3;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final JavaProcess process;
    private final KafkaNode node;

    private LocalBroker(JavaProcess process, KafkaNode node) {
        this.process = process;
        this.node = node;
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
        KafkaNode node = KafkaNode.alone(port, controllerPort);
        return start(directory, node, List.of(node), Uuid.randomUuid().toString(), log);
    }

    /** Starts one node of a cluster, whose nodes all have the same clusterId. */
    static LocalBroker start(Path directory, KafkaNode node, List<KafkaNode> cluster, String clusterId, Path log) {
        try {
            Files.createDirectories(directory);
            Path settings = directory.resolve("broker.properties");
            try (Writer writer = Files.newBufferedWriter(settings)) {
                settings(directory, node, cluster).store(writer, "Written at each start");
            }
            JavaProcess process = JavaProcess.named("kafka", log)
                    .option("-Xmx384m")
                    .option("-XX:+UseSerialGC")
                    .option("-XX:TieredStopAtLevel=" + (cluster.size() == 1 ? 4 : 1)) // of many, none lives long
                    .option("-Dorg.slf4j.simpleLogger.showDateTime=true")
                    .option("-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS")
                    .mainClass("org.signetmail.local.broker.BrokerMain")
                    .argument(settings.toString())
                    .argument(clusterId)
                    .start();
            return new LocalBroker(process, node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the broker answers and every topic of the contract exists. */
    public void awaitReady() {
        awaitPort();
        Topics.create(bootstrapServers(), 1);
    }

    void awaitPort() {
        process.await(() -> Ports.isTaken(node.host(), node.port()), "port " + node.port(), START_LIMIT);
    }

    public String bootstrapServers() {
        return node.address();
    }

    public JavaProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }

    private static Properties settings(Path directory, KafkaNode node, List<KafkaNode> cluster) {
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(node.id()));
        settings.put(
                "controller.quorum.voters",
                cluster.stream().map(KafkaNode::voter).collect(Collectors.joining(",")));
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        String listener = "PLAINTEXT://" + node.address();
        settings.put("listeners", listener + ",CONTROLLER://" + node.host() + ":" + node.controllerPort());
        settings.put("advertised.listeners", listener);
        settings.put("log.dirs", directory.resolve("log").toAbsolutePath().toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.num.partitions", "4");
        // Three copies, two of them before an acknowledgement, where there are three nodes.
        String copies = Integer.toString(Math.min(cluster.size(), MOST_COPIES));
        String acknowledged = Integer.toString(Math.clamp(cluster.size() - 1, 1, MOST_COPIES - 1));
        settings.put("min.insync.replicas", acknowledged);
        settings.put("offsets.topic.replication.factor", copies);
        settings.put("transaction.state.log.replication.factor", copies);
        settings.put("transaction.state.log.min.isr", acknowledged);
        settings.put("share.coordinator.state.topic.replication.factor", copies);
        settings.put("share.coordinator.state.topic.min.isr", acknowledged);
        settings.put("group.initial.rebalance.delay.ms", "0");
        if (cluster.size() == 1) {
            settings.put("controlled.shutdown.enable", "false");
            // A broker that starts again is refused until the session of the killed one has ended; the default is 9 s,
            // and
            // a cluster has it as in production (Strimzi allows no other).
            settings.put("broker.session.timeout.ms", "2000");
            settings.put("broker.heartbeat.interval.ms", "200");
        }
        return settings;
    }
}
