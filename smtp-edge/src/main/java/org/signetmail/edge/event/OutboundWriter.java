package org.signetmail.edge.event;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
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

    @Inject
    OutboundWriter(EventProducer producer) {
        this(producer, Clock.systemUTC());
    }

    public OutboundWriter(EventProducer producer, Clock clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /** Returns when every part is acknowledged; until then the message is not accepted. */
    public void write(OutboundMessage message) throws NotAcknowledged {
        producer.sendAndAwait(records(message, new Place(OUTBOUND, null, Optional.empty())));
    }

    /**
     * Sets a message aside for a later attempt.
     *
     * @param partition of signet.retries; its records fall due in order
     */
    public void writeForRetry(OutboundMessage message, int partition, Instant due) throws NotAcknowledged {
        producer.sendAndAwait(records(message, new Place(RETRIES, partition, Optional.of(due))));
    }

    /** @param partition null: by the hash of the key, the same one for all parts */
    private record Place(String topic, Integer partition, Optional<Instant> due) {}

    /** Records are made one by one as they are sent: a large message is never copied whole. */
    private Iterable<ProducerRecord<String, byte[]>> records(OutboundMessage message, Place place) {
        int parts = Math.max(1, Math.ceilDiv(message.content().length, PART_OCTETS));
        var event = new CloudEvent(message.id(), CloudEvent.Type.OUTBOUND, clock.instant(), message.traceparent());
        return () -> IntStream.rangeClosed(1, parts)
                .mapToObj(part -> {
                    Headers headers = event.headers();
                    CloudEvent.add(headers, OutboundHeaders.PART, Integer.toString(part));
                    CloudEvent.add(headers, OutboundHeaders.PARTS, Integer.toString(parts));
                    if (part == 1) {
                        OutboundHeaders.write(headers, message, place.due());
                    }
                    byte[] octets = parts == 1 ? message.content() : cut(message.content(), part);
                    return new ProducerRecord<>(place.topic(), place.partition(), message.id(), octets, headers);
                })
                .iterator();
    }

    private static byte[] cut(byte[] content, int part) {
        int from = (part - 1) * PART_OCTETS;
        return Arrays.copyOfRange(content, from, Math.min(content.length, from + PART_OCTETS));
    }
}
