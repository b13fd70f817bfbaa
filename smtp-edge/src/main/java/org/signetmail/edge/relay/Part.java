package org.signetmail.edge.relay;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.Logger;
import org.signetmail.edge.event.CloudEvent;
import org.signetmail.edge.event.OutboundHeaders;

/**
 * One record of signet.outbound or signet.retries.
 *
 * @param number from 1
 * @param headers the envelope, on part 1
 */
record Part(Position position, String id, int number, int count, Instant writtenAt, Headers headers, byte[] octets) {

    private static final Logger LOG = Logger.getLogger(Part.class);

    /** @throws RuntimeException when the record is none that the contract knows; its message says why */
    static Part of(ConsumerRecord<String, byte[]> record) {
        Headers headers = record.headers();
        var part = new Part(
                position(record),
                CloudEvent.text(headers, CloudEvent.ID).orElseGet(record::key),
                Integer.parseInt(OutboundHeaders.required(headers, OutboundHeaders.PART)),
                Integer.parseInt(OutboundHeaders.required(headers, OutboundHeaders.PARTS)),
                Instant.ofEpochMilli(record.timestamp()),
                headers,
                record.value());
        if (part.id == null || part.octets == null || part.number < 1 || part.number > part.count) {
            throw new IllegalArgumentException("No id, no content, or part " + part.number + " of " + part.count);
        }
        return part;
    }

    static Position position(ConsumerRecord<String, byte[]> record) {
        return new Position(new TopicPartition(record.topic(), record.partition()), record.offset());
    }

    /** When a retry falls due; empty for what is due at once, as is a time that nobody can read. */
    static Optional<Instant> due(ConsumerRecord<String, byte[]> record) {
        try {
            return CloudEvent.text(record.headers(), OutboundHeaders.DUE).map(Instant::parse);
        } catch (DateTimeParseException e) {
            LOG.warnf("%s: due at no time: %s", position(record), e.getMessage());
            return Optional.empty();
        }
    }
}
