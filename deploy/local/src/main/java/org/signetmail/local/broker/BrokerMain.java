package org.signetmail.local.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker and controller in one JVM of its own, started by {@link LocalBroker}. Its arguments are a
 * properties file of broker settings and the id of the cluster, which the log directory is formatted with at the first start.
 */
public final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        Properties settings = read(Path.of(arguments[0]));
        String logDirectory = settings.getProperty("log.dirs");
        if (Files.notExists(Path.of(logDirectory, "meta.properties"))) {
            format(settings, arguments[1]);
        }
        var server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "broker-shutdown"));
        server.startup();
        server.awaitShutdown();
    }

    private static Properties read(Path file) throws IOException {
        var settings = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        }
        return settings;
    }

    private static void format(Properties settings, String clusterId) throws Exception {
        String logDirectory = settings.getProperty("log.dirs");
        new Formatter()
                .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
                .setClusterId(clusterId)
                .setDirectories(List.of(logDirectory))
                .setMetadataLogDirectory(logDirectory)
                .setControllerListenerName(LocalBroker.CONTROLLER_LISTENER)
                .run();
    }
}
