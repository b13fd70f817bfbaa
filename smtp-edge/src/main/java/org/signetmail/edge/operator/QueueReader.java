package org.signetmail.edge.operator;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.CloudEvent;
import org.signetmail.edge.event.OutboundHeaders;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.edge.queue.Orders;
import org.signetmail.edge.relay.Beyond;
import org.signetmail.edge.relay.RelayConfig;
import org.signetmail.edge.relay.RouteNames;

/**
 * Reads what waits in signet.retries, from where the relays have committed to the end: the topic itself, so that it is
 * never wrong; record by record, so that nothing large is in memory.
 */
@Singleton
class QueueReader {
    private static final Logger LOG = Logger.getLogger(QueueReader.class);
    private static final String GROUP = "signet-relay";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BROKER_LIMIT = Duration.ofSeconds(10);

    /** A message and where its first record stands. */
    record Entry(OutboundMessage envelope, Optional<Instant> due, int partition, long offset) {}

    private final Map<String, Object> broker;
    private final Orders orders;
    private final RouteNames routes;
    private final int delays;

    @Inject
    QueueReader(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            Orders orders,
            RouteNames routes,
            RelayConfig config) {
        this.broker = broker;
        this.orders = orders;
        this.routes = routes;
        this.delays = config.retryDelays().size();
    }

    /** The first so many that are wanted, by place, behind a place; their content is empty. */
    List<Entry> list(Optional<Place> after, Predicate<Entry> wanted, int most) {
        try (Consumer<String, byte[]> consumer = open()) {
            var entries = new ArrayList<Entry>();
            for (TopicPartition partition : partitions(consumer)) {
                long from =
                        after.map(place -> place.behind(partition.partition())).orElse(0L);
                if (from == Place.DONE || entries.size() >= most) {
                    continue;
                }
                scan(consumer, partition, from, record -> {
                    entry(record).filter(wanted).ifPresent(entries::add);
                    return entries.size() < most;
                });
            }
            return entries;
        }
    }

    /** A message that waits, whole: for each destination the newest copy; none when none waits. */
    List<Found> find(String id) {
        return list(Optional.empty(), entry -> entry.envelope().id().equals(id), Integer.MAX_VALUE).stream()
                .collect(Collectors.groupingBy(entry ->
                        routes.destination(entry.envelope().recipients().getFirst())))
                .values()
                .stream()
                .map(copies -> Collections.max(
                        copies,
                        Comparator.comparingInt(entry -> entry.envelope().attempt())))
                .flatMap(entry -> whole(entry).stream())
                .toList();
    }

    /** A message with its content. */
    record Found(Entry entry, OutboundMessage message) {}

    private Optional<Found> whole(Entry entry) {
        try (Consumer<String, byte[]> consumer = open()) {
            var parts = new ArrayList<byte[]>();
            var count = new int[] {1};
            var partition = new TopicPartition(OutboundWriter.RETRIES, entry.partition());
            scan(consumer, partition, entry.offset(), record -> {
                if (entry.envelope().id().equals(record.key())) {
                    parts.add(record.value());
                    count[0] = number(record, OutboundHeaders.PARTS);
                }
                return parts.size() < count[0];
            });
            var content = new ByteArrayOutputStream();
            parts.forEach(content::writeBytes);
            return parts.size() == count[0]
                    ? Optional.of(new Found(entry, entry.envelope().withContent(content.toByteArray())))
                    : Optional.empty();
        }
    }

    private Optional<Entry> entry(ConsumerRecord<String, byte[]> record) {
        try {
            if (number(record, OutboundHeaders.PART) != 1 || orders.isMoved(record.partition(), record.offset())) {
                return Optional.empty();
            }
            String id = CloudEvent.text(record.headers(), CloudEvent.ID).orElseGet(record::key);
            OutboundMessage envelope = OutboundHeaders.read(id, record.headers(), new byte[0]);
            Instant due = Instant.parse(OutboundHeaders.required(record.headers(), OutboundHeaders.DUE));
            boolean inLine = record.partition() >= delays;
            return Optional.of(
                    new Entry(envelope, Optional.of(due).filter(_ -> !inLine), record.partition(), record.offset()));
        } catch (RuntimeException e) {
            LOG.debugf("%s-%d: not shown: %s", record.topic(), record.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    private static int number(ConsumerRecord<String, byte[]> record, String header) {
        return Integer.parseInt(OutboundHeaders.required(record.headers(), header));
    }

    private List<TopicPartition> partitions(Consumer<String, byte[]> consumer) {
        return consumer.partitionsFor(OutboundWriter.RETRIES, BROKER_LIMIT).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
    }

    /** Reads a partition from a place, or from what is committed if that is behind it, until told to stop or its end. */
    private static void scan(
            Consumer<String, byte[]> consumer,
            TopicPartition partition,
            long from,
            Predicate<ConsumerRecord<String, byte[]>> more) {
        consumer.assign(List.of(partition));
        OffsetAndMetadata committed =
                consumer.committed(Set.of(partition), BROKER_LIMIT).get(partition);
        long begin = consumer.beginningOffsets(List.of(partition), BROKER_LIMIT).get(partition);
        long end = consumer.endOffsets(List.of(partition), BROKER_LIMIT).get(partition);
        Beyond settled = Beyond.of(committed);
        consumer.seek(partition, Math.max(from, committed == null ? begin : committed.offset()));
        while (consumer.position(partition, BROKER_LIMIT) < end) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (!settled.settled(record.offset()) && !more.test(record)) {
                    return;
                }
            }
        }
    }

    /** A member of no group: the relays' name only serves to read what they committed. */
    private Consumer<String, byte[]> open() {
        var settings = new HashMap<>(broker);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
