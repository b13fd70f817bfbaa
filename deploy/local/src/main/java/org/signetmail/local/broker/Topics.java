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
 * replicas.
 */
public final class Topics {
    private static final String SINGLE_BROKER = "single-broker:";

    private Topics() {}

    /** Creates the topics that are missing, each partition with so many replicas. */
    static void create(String bootstrapServers, int replicas) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = read(replicas).stream()
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

    static List<NewTopic> read(int replicas) {
        var topics = new ArrayList<NewTopic>();
        try {
            for (String line : Files.readAllLines(Layout.root().resolve("deploy/contract/topics.tsv"))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    topics.add(topic(List.of(line.trim().split("\\s+", -1)), replicas));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return topics;
    }

    private static NewTopic topic(List<String> columns, int replicas) {
        var settings = new HashMap<String, String>();
        for (String column : columns.subList(2, columns.size())) {
            boolean onlyAlone = column.startsWith(SINGLE_BROKER);
            if (!onlyAlone || replicas == 1) {
                String setting = onlyAlone ? column.substring(SINGLE_BROKER.length()) : column;
                int equals = setting.indexOf('=');
                settings.put(setting.substring(0, equals), setting.substring(equals + 1));
            }
        }
        return new NewTopic(columns.get(0), Integer.parseInt(columns.get(1)), (short) replicas).configs(settings);
    }
}
