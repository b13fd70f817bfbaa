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
    static KafkaNode onLoopback(int id, int port, int controllerPort) {
        return new KafkaNode(id, "127.0.0.1", port, controllerPort);
    }

    String address() {
        return host + ":" + port;
    }

    String controllerAddress() {
        return host + ":" + controllerPort;
    }

    String voter() {
        return id + "@" + controllerAddress();
    }

    /** What clients are given to find the cluster by. */
    static String bootstrapServers(List<KafkaNode> cluster) {
        return cluster.stream().map(KafkaNode::address).collect(Collectors.joining(","));
    }
}
