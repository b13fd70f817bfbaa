package org.signetmail.edge.counts;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.event.CloudEvent;
import org.signetmail.edge.event.EventJson;
import org.signetmail.edge.event.EventProducer;

/**
 * Tells the other edges through {@code signet.counts} what this one has counted, a changed count at most once a second, and
 * listens to them. Nothing waits for it: while Kafka is away each edge has its own counts.
 */
@ApplicationScoped
class SharedCounts {
    static final String TOPIC = "signet.counts";
    private static final Logger LOG = Logger.getLogger(SharedCounts.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int ROUNDS_TO_FORGET = 60;

    private final Clock clock;
    private final Counts counts;
    private final EventProducer producer;
    private final CountsReader reader;
    private final Thread publisher;
    private boolean failing;

    SharedCounts(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            EventProducer producer,
            EdgeMetrics metrics,
            Clock clock) {
        this.clock = clock;
        this.producer = producer;
        this.counts = new Counts(UUID.randomUUID().toString(), clock);
        this.reader = new CountsReader(kafka, counts::learn);
        this.publisher = Thread.ofPlatform().daemon().name("counts").unstarted(this::publishUntilStopped);
        metrics.counts(counts::size);
    }

    @Produces
    @Singleton
    Counts counts() {
        return counts;
    }

    void start(@Observes StartupEvent started) {
        reader.start();
        publisher.start();
    }

    private void publishUntilStopped() {
        try {
            for (int round = 1; true; round++) {
                Thread.sleep(EVERY);
                publish();
                if (round % ROUNDS_TO_FORGET == 0) {
                    counts.forgetOld();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** A round that fails is given up; its counts go with the next one. */
    private void publish() {
        List<CountEvent> changes = counts.changes();
        boolean away = false;
        for (CountEvent change : changes) {
            if (away) {
                counts.unheard(change);
                continue;
            }
            CompletableFuture<RecordMetadata> acknowledged = producer.send(record(change));
            away = acknowledged.isCompletedExceptionally();
            var _ = acknowledged.whenComplete((_, failure) -> {
                if (failure != null) {
                    counts.unheard(change);
                }
            });
        }
        if (!changes.isEmpty() && away != failing) {
            failing = away;
            LOG.info(away ? "Kafka is away: counts are this edge's own for now" : "Counts are shared again");
        }
    }

    private ProducerRecord<String, byte[]> record(CountEvent change) {
        var event =
                new CloudEvent(UUID.randomUUID().toString(), CloudEvent.Type.COUNT, clock.instant(), Optional.empty());
        return new ProducerRecord<>(TOPIC, null, change.recordKey(), EventJson.write(change), event.headers());
    }

    @PreDestroy
    void stop() {
        publisher.interrupt();
        reader.close();
    }
}
