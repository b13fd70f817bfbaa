package org.signetmail.edge.queue;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.CloudEvent;
import org.signetmail.edge.event.EventJson;
import org.signetmail.edge.event.EventProducer;
import org.signetmail.edge.event.NotAcknowledged;

/**
 * The orders of operators that are in force, followed in the compacted topic signet.queue-orders by every relay. An order
 * ends with a record without a value. Keys: the message's id; of a copy that was moved, its place; of the log of all
 * orders, which nobody reads back and compaction keeps, a name of its own.
 */
@Singleton
public class Orders implements AutoCloseable {
    public static final String TOPIC = "signet.queue-orders";
    private static final Logger LOG = Logger.getLogger(Orders.class);
    private static final String LOGGED = "log/";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BROKER_LIMIT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** No copy of a message is older: signet.retries keeps nothing for longer. */
    private static final Duration DELETED_MEANS = Duration.ofDays(14);

    private final Map<String, Object> broker;
    private final EventProducer producer;
    private final Map<String, QueueOrder> inForce = new ConcurrentHashMap<>();
    private final CountDownLatch read = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile boolean away;

    @Inject
    public Orders(@Identifier("default-kafka-broker") Map<String, Object> broker, EventProducer producer) {
        this.broker = broker;
        this.producer = producer;
    }

    /** Begins to follow. */
    public void start() {
        Thread.ofVirtual().name("queue-orders").start(this::follow);
    }

    /** Waits until all that was ordered before is known; false when this ends before. */
    public boolean awaitRead() throws InterruptedException {
        while (!closed) {
            if (read.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    public Optional<QueueOrder> of(String message) {
        return Optional.ofNullable(inForce.get(message));
    }

    /** Whether the copy that begins at this place of signet.retries is to be passed over. */
    public boolean isMoved(int partition, long offset) {
        return inForce.containsKey(place(partition, offset));
    }

    /** Returns when the order is on record; relays follow within milliseconds. */
    public void give(QueueOrder order) throws NotAcknowledged {
        write(order.message(), order);
    }

    /** As {@link #give}, of one copy. */
    public void giveMoved(QueueOrder order, int partition, long offset) throws NotAcknowledged {
        write(place(partition, offset), order);
    }

    /** Ends the order for a message. */
    public void end(String message) throws NotAcknowledged {
        producer.sendAndAwait(new ProducerRecord<>(TOPIC, 0, message, null, new RecordHeaders()));
    }

    /** Ends the order for a copy, which was passed over. */
    public void endMoved(int partition, long offset) throws NotAcknowledged {
        end(place(partition, offset));
    }

    private void write(String key, QueueOrder order) throws NotAcknowledged {
        byte[] json = EventJson.write(order);
        var event =
                new CloudEvent(UUID.randomUUID().toString(), CloudEvent.Type.QUEUE_ORDER, order.at(), Optional.empty());
        producer.sendAndAwait(List.of(
                new ProducerRecord<>(TOPIC, 0, LOGGED + event.id(), json, event.headers()),
                new ProducerRecord<>(TOPIC, 0, key, json, event.headers())));
        LOG.infof("%s: %s by %s: %s", order.message(), order.action(), order.by(), order.reason());
    }

    private static String place(int partition, long offset) {
        return "moved/" + partition + "/" + offset;
    }

    private void follow() {
        while (!closed) {
            try (Consumer<String, byte[]> consumer = open()) {
                follow(consumer);
            } catch (KafkaException e) {
                LOG.logf(
                        away ? Logger.Level.DEBUG : Logger.Level.WARN,
                        "Orders of operators cannot be read, trying again: %s",
                        e.getMessage());
                away = true;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void follow(Consumer<String, byte[]> consumer) {
        var partition = new TopicPartition(TOPIC, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition), BROKER_LIMIT).get(partition);
        while (!closed) {
            if (consumer.position(partition, BROKER_LIMIT) >= end) {
                read.countDown();
                away = false;
            }
            consumer.poll(POLL).forEach(this::take);
        }
    }

    private Consumer<String, byte[]> open() {
        var settings = new HashMap<>(broker);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || record.key().startsWith(LOGGED)) {
            return;
        }
        if (record.value() == null) {
            inForce.remove(record.key());
            return;
        }
        try {
            QueueOrder order = EventJson.MAPPER.readValue(record.value(), QueueOrder.class);
            boolean past = order.action() == QueueOrder.Action.DELETE
                    && order.at().plus(DELETED_MEANS).isBefore(Instant.now());
            if (!past) {
                inForce.put(record.key(), order);
            }
        } catch (IOException e) {
            LOG.errorf("%s, offset %d: no order that can be read: %s", TOPIC, record.offset(), e.getMessage());
        }
    }

    @Override
    @PreDestroy
    public void close() {
        closed = true;
    }
}
