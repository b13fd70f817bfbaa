package org.signetmail.local.broker;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How Kafka differs from the one broker of {@code ./signet up}.
 *
 * @param brokers one, which syncs to disk what must not be lost before it acknowledges; or three in one JVM, of which two
 *     must have a record, and none of which syncs
 * @param partitions of each topic whose partitions only share its load; 0: as the contract says
 * @param doors further listeners of the first broker, by name
 */
public record BrokerOptions(int brokers, int partitions, Map<String, Door> doors) {
    public static final BrokerOptions ONE_BROKER = new BrokerOptions(1, 0, Map.of());

    /**
     * A listener whose clients are told another port: that of a network in between, which can be slow or cut.
     *
     * @param port that the broker listens on
     * @param advertised that clients are told
     */
    public record Door(int port, int advertised) {}

    public BrokerOptions withBrokers(int number) {
        return new BrokerOptions(number, partitions, doors);
    }

    public BrokerOptions withPartitions(int number) {
        return new BrokerOptions(brokers, number, doors);
    }

    public BrokerOptions withDoor(String name, Door door) {
        var more = new LinkedHashMap<>(doors);
        more.put(name, door);
        return new BrokerOptions(brokers, partitions, more);
    }
}
