package org.signetmail.edge.relay;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.signetmail.edge.DependencyMetrics;
import org.signetmail.edge.event.DeliveryParameters;
import org.signetmail.edge.event.EventJson;
import org.signetmail.edge.event.EventProducer;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.event.OutboundWriter;
import org.signetmail.edge.event.TestProducers;
import org.signetmail.edge.queue.Orders;
import org.signetmail.edge.trace.Traces;

/** A relay with short times on a real broker, and the writer that feeds it. */
final class RelayFixture implements AutoCloseable {
    private static final Duration ACKNOWLEDGE_WITHIN = Duration.ofSeconds(8);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final EventProducer producer;
    final OutboundWriter writer;
    private final Map<String, Object> broker;
    final Orders orders;
    private final Relay relay;

    RelayFixture(String bootstrapServers, Map<String, String> settings) {
        broker = Map.of("bootstrap.servers", bootstrapServers);
        producer = TestProducers.byBatch(broker, ACKNOWLEDGE_WITHIN);
        writer = new OutboundWriter(producer, Clock.systemUTC());
        orders = new Orders(broker, producer);
        orders.start();
        relay = new Relay(
                config(settings),
                broker,
                producer,
                new RelayMetrics(meters),
                orders,
                Optional.empty(),
                new DependencyMetrics(meters),
                Traces.none());
        relay.start();
    }

    /** A destination without a relay around it. */
    static Destination destination(Route route, BackOff backOff) {
        return new Destination(
                route.name(), route, route::hops, backOff, Duration.ofSeconds(5), ConnectionPool.timer(), Signing.NONE);
    }

    static RelayConfig config(Map<String, String> settings) {
        var all = new HashMap<>(Map.of(
                "signet.relay.back-off", "20ms",
                "signet.relay.back-off-limit", "100ms",
                "signet.relay.retry-delays", "200ms"));
        all.putAll(settings);
        return mapped(all);
    }

    static RelayConfig mapped(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(RelayConfig.class)
                .build()
                .getConfigMapping(RelayConfig.class);
    }

    static OutboundMessage message(String content, String... recipients) {
        return message(content.getBytes(StandardCharsets.UTF_8), recipients);
    }

    static OutboundMessage message(byte[] content, String... recipients) {
        return new OutboundMessage(
                UUID.randomUUID().toString(),
                "alice@example.test",
                List.of(recipients),
                false,
                Instant.now(),
                0,
                Optional.empty(),
                Optional.of("alice"),
                List.of("example.test"),
                DeliveryParameters.NONE,
                content);
    }

    /** The same message from another envelope sender; from the null sender and no account it is a notice. */
    static OutboundMessage from(OutboundMessage message, String mailFrom, Optional<String> account) {
        return new OutboundMessage(
                message.id(),
                mailFrom,
                message.recipients(),
                message.smtputf8(),
                message.receivedAt(),
                message.attempt(),
                message.traceparent(),
                account,
                message.fromDomains(),
                message.parameters(),
                message.content());
    }

    /** The same message with what the client asked of its delivery. */
    static OutboundMessage asking(OutboundMessage message, DeliveryParameters parameters) {
        return new OutboundMessage(
                message.id(),
                message.mailFrom(),
                message.recipients(),
                message.smtputf8(),
                message.receivedAt(),
                message.attempt(),
                message.traceparent(),
                message.account(),
                message.fromDomains(),
                parameters,
                message.content());
    }

    double count(String name, String label, String value) {
        return meters.get("signet.edge.relay." + name)
                .tag(label, value)
                .counter()
                .count();
    }

    /** What was reported of a message. */
    List<JsonNode> undeliverable(String id) {
        return records("signet.undeliverable").stream()
                .filter(record -> record.key().equals(id))
                .map(RelayFixture::json)
                .toList();
    }

    private static JsonNode json(ConsumerRecord<String, byte[]> record) {
        try {
            return EventJson.MAPPER.readTree(record.value());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Every record of a topic, from its beginning. */
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        return records(broker, topic);
    }

    static List<ConsumerRecord<String, byte[]>> records(Map<String, Object> broker, String topic) {
        try (var consumer = new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
            return records;
        }
    }

    /** Whether the group has committed all that stands in the relay's topics. */
    boolean allCommitted() {
        try (Admin admin = Admin.create(broker)) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets("signet-relay")
                    .partitionsToOffsetAndMetadata()
                    .get();
            var partitions = new ArrayList<TopicPartition>();
            for (String topic : List.of(OutboundWriter.OUTBOUND, OutboundWriter.RETRIES)) {
                admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic)
                        .partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
            }
            Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(
                            partitions.stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest())))
                    .all()
                    .get();
            return ends.entrySet().stream()
                    .allMatch(end -> end.getValue().offset() == 0
                            || committed.containsKey(end.getKey())
                                    && committed.get(end.getKey()).offset()
                                            == end.getValue().offset());
        } catch (Exception e) {
            throw new IllegalStateException("The broker does not answer", e);
        }
    }

    @Override
    public void close() {
        orders.close();
        relay.close();
        producer.close();
    }
}
