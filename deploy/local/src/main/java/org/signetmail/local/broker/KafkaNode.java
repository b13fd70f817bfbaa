package org.signetmail.local.broker;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A node of a Kafka cluster, broker and controller in one, and where it listens.
 *
 * @param id of its own within the cluster, from 1
 * @param controllerPort of the KRaft controller, which only the cluster's nodes use
 */
public record KafkaNode(int id, String host, int port, int controllerPort) {
    private static final String LOOPBACK = "127.0.0.1";

    /** The one node of a cluster without replicas. */
    static KafkaNode alone(int port, int controllerPort) {
        return new KafkaNode(1, LOOPBACK, port, controllerPort);
    }

    String address() {
        return host + ":" + port;
    }

    String voter() {
        return id + "@" + host + ":" + controllerPort;
    }

    /** What clients are given to find the cluster by. */
    static String bootstrapServers(List<KafkaNode> cluster) {
        return cluster.stream().map(KafkaNode::address).collect(Collectors.joining(","));
    }
}
