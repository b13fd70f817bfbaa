package org.signetmail.edge.relay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.edge.relay.RelayMetrics.Queue;

/**
 * How much this relay has before it. The polling thread looks now and then, as nobody else may ask its consumer; partitions that
 * are held until a retry is due are not read, so that only the broker knows their end.
 */
final class Backlog {
    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration BROKER_LIMIT = Duration.ofSeconds(1);

    private final Periodic looks = new Periodic(INTERVAL);
    private final Clock clock;
    private volatile Map<Queue, Long> behind = Map.of();
    private volatile int inHand;
    private volatile Optional<Instant> oldest = Optional.empty();

    Backlog(Clock clock) {
        this.clock = clock;
    }

    /** Called after each poll. */
    void look(Consumer<String, byte[]> consumer, Intake intake) {
        inHand = intake.inHand();
        if (!looks.due()) {
            return;
        }
        oldest = intake.oldest();
        try {
            behind = behind(consumer, intake);
        } catch (KafkaException e) {
            LOG.debugf("The ends of partitions are not known: %s", e.getMessage());
        }
    }

    private static Map<Queue, Long> behind(Consumer<String, byte[]> consumer, Intake intake) {
        var records = new EnumMap<Queue, Long>(Queue.class);
        for (Map.Entry<TopicPartition, Long> end :
                consumer.endOffsets(consumer.assignment(), BROKER_LIMIT).entrySet()) {
            long settled =
                    intake.settledTo(end.getKey()).orElseGet(() -> consumer.position(end.getKey(), BROKER_LIMIT));
            Queue queue = end.getKey().topic().equals(OutboundWriter.RETRIES) ? Queue.RETRIES : Queue.OUTBOUND;
            records.merge(queue, Math.max(0, end.getValue() - settled), Long::sum);
        }
        return records;
    }

    int inHand() {
        return inHand;
    }

    Duration oldestInHand() {
        return oldest.map(instant -> Duration.between(instant, clock.instant())).orElse(Duration.ZERO);
    }

    long behind(Queue queue) {
        return behind.getOrDefault(queue, 0L);
    }
}
