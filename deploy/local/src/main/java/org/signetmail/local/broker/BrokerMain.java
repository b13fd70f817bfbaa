package org.signetmail.local.broker;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Kafka brokers, each also a controller, in one JVM of its own, started by {@link LocalBroker}. Its arguments are properties
 * files of broker settings; log directories are formatted at the first start.
 */
public final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        var servers = new ArrayList<KafkaRaftServer>();
        for (String file : arguments) {
            Properties settings = read(Path.of(file));
            String logDirectory = settings.getProperty("log.dirs");
            if (Files.notExists(Path.of(logDirectory, "meta.properties"))) {
                format(settings, logDirectory);
            }
            servers.add(new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM));
        }
        // All at once: no controller starts, or stops, without the others' votes.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> onEach(servers, KafkaRaftServer::shutdown), "broker-shutdown"));
        onEach(servers, KafkaRaftServer::startup);
        servers.forEach(KafkaRaftServer::awaitShutdown);
    }

    private static void onEach(List<KafkaRaftServer> servers, Consumer<KafkaRaftServer> action) {
        try (var threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
            servers.forEach(server -> threads.execute(() -> action.accept(server)));
        }
    }

    private static Properties read(Path file) throws IOException {
        var settings = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        }
        return settings;
    }

    private static void format(Properties settings, String logDirectory) throws Exception {
        new Formatter()
                .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
                .setClusterId(settings.getProperty(BrokerSettings.CLUSTER_ID))
                .setDirectories(List.of(logDirectory))
                .setMetadataLogDirectory(logDirectory)
                .setControllerListenerName(LocalBroker.CONTROLLER_LISTENER)
                .run();
    }
}
