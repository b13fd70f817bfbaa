package org.signetmail.local.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.signetmail.local.process.Layout;

/**
 * The topics of {@code deploy/contract/topics.tsv}: a line has the name, the number of partitions, and settings as
 * {@code name=value}, separated by white space. {@code single-broker:} before a setting keeps it to brokers without
 * replicas, as this one is.
 */
public final class Topics {

    /** Topics that work with any number of partitions; of the others each partition has a meaning. */
    private static final Set<String> SHARE_THE_LOAD =
            Set.of("signet.submissions", "signet.outbound", "signet.rejections", "signet.undeliverable");

    private static final String SINGLE_BROKER = "single-broker:";

    private Topics() {}

    /** Creates the topics that are missing, on one broker. */
    public static void create(String bootstrapServers) {
        create(bootstrapServers, BrokerOptions.ONE_BROKER);
    }

    static void create(String bootstrapServers, BrokerOptions options) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = read(options).stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topics", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka at " + bootstrapServers + " did not create the topics", e);
        }
    }

    static List<NewTopic> read() {
        return read(BrokerOptions.ONE_BROKER);
    }

    static List<NewTopic> read(BrokerOptions options) {
        var topics = new ArrayList<NewTopic>();
        try {
            for (String line : Files.readAllLines(Layout.root().resolve("deploy/contract/topics.tsv"))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    topics.add(topic(List.of(line.trim().split("\\s+", -1)), options));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return topics;
    }

    private static NewTopic topic(List<String> columns, BrokerOptions options) {
        var settings = new HashMap<String, String>();
        for (String column : columns.subList(2, columns.size())) {
            boolean singleBroker = column.startsWith(SINGLE_BROKER);
            if (singleBroker && options.brokers() > 1) {
                continue;
            }
            String setting = singleBroker ? column.substring(SINGLE_BROKER.length()) : column;
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        String name = columns.get(0);
        boolean asAsked = options.partitions() > 0 && SHARE_THE_LOAD.contains(name);
        int partitions = asAsked ? options.partitions() : Integer.parseInt(columns.get(1));
        return new NewTopic(name, partitions, (short) options.brokers()).configs(settings);
    }
}
