package org.signetmail.policy.submission;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.signetmail.policy.event.EventJson;
import org.signetmail.policy.event.VerdictEvent;
import org.signetmail.policy.operation.Traces;

/** The record that carries a verdict: CloudEvents 1.0, Kafka binary mode, in the trace of the submission. */
final class Reply {
    private Reply() {}

    static ProducerRecord<String, byte[]> of(VerdictEvent verdict, int partition, Optional<String> traceparent) {
        var reply = new ProducerRecord<>(
                ReplyPartitions.TOPIC, partition, verdict.submissionId(), EventJson.write(verdict));
        Headers headers = reply.headers()
                .add("ce_specversion", "1.0".getBytes(US_ASCII))
                .add("ce_id", verdict.submissionId().getBytes(US_ASCII))
                .add("ce_type", "org.signetmail.verdict.v1".getBytes(US_ASCII))
                .add("ce_source", "/signet/policy-service".getBytes(US_ASCII))
                .add(
                        "ce_time",
                        DateTimeFormatter.ISO_INSTANT.format(verdict.judgedAt()).getBytes(US_ASCII))
                .add("content-type", "application/json".getBytes(US_ASCII));
        traceparent.ifPresent(trace -> headers.add(Traces.TRACEPARENT, trace.getBytes(US_ASCII)));
        return reply;
    }
}
