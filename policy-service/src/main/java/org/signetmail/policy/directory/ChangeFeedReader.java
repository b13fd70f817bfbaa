package org.signetmail.policy.directory;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads the whole of signet.directory-changes in every pod: its one partition, without a group, from the end. A plain
 * consumer, because what follows from a lost position is the point of it: begin again at the end, with an empty cache.
 */
@Startup
@Singleton
public class ChangeFeedReader {
    private static final Logger LOG = Logger.getLogger(ChangeFeedReader.class);
    private static final TopicPartition FEED = new TopicPartition("signet.directory-changes", 0);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration POSITION_LIMIT = Duration.ofSeconds(5);
    private static final long BACK_OFF_MILLISECONDS = 1000;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private final Map<String, Object> settings;
    private final ChangeFeed feed;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    @Inject
    public ChangeFeedReader(@Identifier("default-kafka-broker") Map<String, Object> kafka, DirectoryGateway gateway) {
        this(kafka, gateway.changes());
    }

    ChangeFeedReader(Map<String, Object> kafka, ChangeFeed changes) {
        settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "signet-policy-directory-changes");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"); // never jump over a change in silence
        feed = changes;
        thread = Thread.ofPlatform().name("directory-changes").daemon().unstarted(this::run);
    }

    @PostConstruct
    void start() {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stop();
    }

    void stop() throws InterruptedException {
        stopped.countDown();
        thread.join(STOP_LIMIT);
    }

    private void run() {
        try {
            do {
                follow();
            } while (!stopped.await(BACK_OFF_MILLISECONDS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(FEED));
            consumer.seekToEnd(List.of(FEED));
            long position = consumer.position(FEED, POSITION_LIMIT); // seekToEnd alone is lazy
            feed.positioned();
            LOG.infof("Following %s from offset %d", FEED, position);
            while (stopped.getCount() > 0) {
                consumer.poll(POLL).forEach(record -> feed.record(record.value()));
            }
        } catch (KafkaException e) {
            LOG.warnf("The change feed is not followed; every look-up goes to the directory: %s", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The change feed is not followed; every look-up goes to the directory", e);
        } finally {
            feed.lost();
        }
    }
}
