package org.signetmail.edge.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What every record of this service says of itself: CloudEvents 1.0 in Kafka's binary mode, as deploy/contract/README.md
 * lists the headers.
 *
 * @param id unique per event; the submission id where there is one event a submission and topic
 * @param traceparent W3C trace context of the submission that the event follows from
 */
public record CloudEvent(String id, Type type, Instant time, Optional<String> traceparent) {
    public static final String ID = "ce_id";
    public static final String TRACEPARENT = "traceparent";
    private static final String SOURCE = "/signet/smtp-edge";

    /** The events that this service writes. */
    public enum Type {
        SUBMISSION("org.signetmail.submission.v1", "application/json"),
        REJECTION("org.signetmail.rejection.v1", "application/json"),
        UNDELIVERABLE("org.signetmail.undeliverable.v1", "application/json"),
        QUEUE_ORDER("org.signetmail.queue-order.v1", "application/json"),
        COUNT("org.signetmail.count.v1", "application/json"),
        OUTBOUND("org.signetmail.outbound.v1", "message/rfc822");

        private final String name;
        private final String contentType;

        Type(String name, String contentType) {
            this.name = name;
            this.contentType = contentType;
        }
    }

    /** New headers, to which the writer of the record may add its own. */
    public Headers headers() {
        var headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, ID, id);
        add(headers, "ce_type", type.name);
        add(headers, "ce_source", SOURCE);
        add(headers, "ce_time", time.truncatedTo(ChronoUnit.MILLIS).toString());
        add(headers, "content-type", type.contentType);
        traceparent.ifPresent(parent -> add(headers, TRACEPARENT, parent));
        return headers;
    }

    public static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    /** The header's text, or empty when the record has no such header. */
    public static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name)).map(CloudEvent::text);
    }

    static String text(Header header) {
        return header.value() == null ? "" : new String(header.value(), UTF_8);
    }
}
