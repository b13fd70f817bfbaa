package org.signetmail.edge.event;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;

/**
 * Hands a message to the relay. It is cut into parts, so that no record passes Kafka's default limit of 1 MB, and is
 * durable when this returns.
 */
@Singleton
public class OutboundWriter {
    public static final String OUTBOUND = "signet.outbound";
    public static final String RETRIES = "signet.retries";
    static final int PART_OCTETS = 512 * 1024;

    private final EventProducer producer;
    private final Clock clock;
    private final LargeMessages large = new LargeMessages();

    @Inject
    OutboundWriter(@Identifier("messages") EventProducer producer) {
        this(producer, Clock.systemUTC());
    }

    public OutboundWriter(EventProducer producer, Clock clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /** Returns when every part is acknowledged; until then the message is not accepted. */
    public void write(OutboundMessage message) throws NotAcknowledged {
        write(message, OutboundContent.of(message.content()));
    }

    /**
     * The same for a message that is not in memory as a whole.
     *
     * @param envelope its own content is not looked at
     */
    public void write(OutboundMessage envelope, OutboundContent content) throws NotAcknowledged {
        write(envelope, content, new Place(OUTBOUND, OptionalInt.empty(), Optional.empty()));
    }

    /**
     * Sets a message aside for a later attempt.
     *
     * @param partition of signet.retries; its records fall due in order
     */
    public void writeForRetry(OutboundMessage message, int partition, Instant due) throws NotAcknowledged {
        write(
                message,
                OutboundContent.of(message.content()),
                new Place(RETRIES, OptionalInt.of(partition), Optional.of(due)));
    }

    /** @param partition empty: any */
    private record Place(String topic, OptionalInt partition, Optional<Instant> due) {}

    private void write(OutboundMessage envelope, OutboundContent content, Place place) throws NotAcknowledged {
        try (LargeMessages.Turn _ = large.await(content.size())) {
            producer.sendAndAwait(records(envelope, content, place));
        } catch (UncheckedIOException e) {
            throw new NotAcknowledged("A message cannot be read again: " + e.getMessage(), e);
        } catch (KafkaException e) {
            throw new NotAcknowledged("Kafka: " + e.getMessage(), e);
        }
    }

    /** Null is the producer's choice, one for each record: parts must not be left to it, they belong together in order. */
    private Integer partition(OutboundMessage message, int parts, Place place) {
        if (place.partition().isPresent()) {
            return place.partition().getAsInt();
        }
        return parts == 1 ? null : Math.floorMod(message.id().hashCode(), producer.partitions(place.topic()));
    }

    /** Records are made one by one as they are sent: a large message is never in memory whole. */
    private Iterable<ProducerRecord<String, byte[]>> records(
            OutboundMessage message, OutboundContent content, Place place) {
        int parts = Math.toIntExact(Math.max(1, Math.ceilDiv(content.size(), PART_OCTETS)));
        var event = new CloudEvent(message.id(), CloudEvent.Type.OUTBOUND, clock.instant(), message.traceparent());
        Integer partition = partition(message, parts, place);
        return () -> IntStream.rangeClosed(1, parts)
                .mapToObj(part -> {
                    Headers headers = event.headers();
                    CloudEvent.add(headers, OutboundHeaders.PART, Integer.toString(part));
                    CloudEvent.add(headers, OutboundHeaders.PARTS, Integer.toString(parts));
                    if (part == 1) {
                        OutboundHeaders.write(headers, message, place.due());
                    }
                    byte[] octets = part(content, (part - 1L) * PART_OCTETS);
                    return new ProducerRecord<>(place.topic(), partition, message.id(), octets, headers);
                })
                .iterator();
    }

    private static byte[] part(OutboundContent content, long from) {
        try {
            return content.part(from, PART_OCTETS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
