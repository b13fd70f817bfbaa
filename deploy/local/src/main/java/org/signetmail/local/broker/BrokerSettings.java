package org.signetmail.local.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.signetmail.local.broker.BrokerOptions.Door;

/**
 * The settings of the brokers of one local Kafka, each also a controller.
 *
 * @param nodes the first is the one that clients begin with
 * @param clusterId what the brokers know each other by
 */
record BrokerSettings(Path directory, List<KafkaNode> nodes, String clusterId, BrokerOptions options) {
    /** Not Kafka's, which finds the id in a directory that was formatted with it. */
    static final String CLUSTER_ID = "signet.cluster.id";

    /** Settings of the broker with this number from 0. */
    Properties of(int broker) {
        KafkaNode node = nodes.get(broker);
        String replicas = Integer.toString(nodes.size());
        String inSync = Integer.toString(options.brokers() == 1 ? 1 : 2);
        Map<String, Door> doors = broker == 0 ? options.doors() : Map.of();
        var settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put(CLUSTER_ID, clusterId);
        settings.put("node.id", Integer.toString(node.id()));
        settings.put(
                "controller.quorum.voters", nodes.stream().map(KafkaNode::voter).collect(Collectors.joining(",")));
        settings.put("controller.listener.names", LocalBroker.CONTROLLER_LISTENER);
        settings.put(
                "listeners",
                "PLAINTEXT://" + node.address() + listeners(doors, false) + ",CONTROLLER://"
                        + node.controllerAddress());
        settings.put("advertised.listeners", "PLAINTEXT://" + node.address() + listeners(doors, true));
        settings.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"
                        + doors.keySet().stream()
                                .map(door -> "," + door + ":PLAINTEXT")
                                .collect(Collectors.joining()));
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", data(broker).toAbsolutePath().toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("transaction.state.log.replication.factor", replicas);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("share.coordinator.state.topic.replication.factor", replicas);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
        settings.put("min.insync.replicas", inSync);
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("controlled.shutdown.enable", "false");
        if (options.brokers() == 1) {
            // A broker that starts again is refused until the session of the killed one has ended; the default is 9 s.
            settings.put("broker.session.timeout.ms", "2000");
            settings.put("broker.heartbeat.interval.ms", "200");
        } else {
            // Three controllers on a busy machine: none is taken for dead because it was slow for two seconds.
            settings.put("controller.quorum.fetch.timeout.ms", "10000");
            settings.put("controller.quorum.election.timeout.ms", "5000");
        }
        return settings;
    }

    private Path data(int broker) {
        return directory.resolve(
                broker == 0 ? "log" : "log-" + nodes.get(broker).id());
    }

    private static String listeners(Map<String, Door> doors, boolean advertised) {
        return doors.entrySet().stream()
                .map(door -> "," + door.getKey() + "://127.0.0.1:"
                        + (advertised
                                ? door.getValue().advertised()
                                : door.getValue().port()))
                .collect(Collectors.joining());
    }
}
