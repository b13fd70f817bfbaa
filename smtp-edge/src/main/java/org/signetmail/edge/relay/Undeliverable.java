package org.signetmail.edge.relay;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.relay.Outcome.FailedForGood;

/**
 * The event undeliverable.v1: recipients whose delivery failed for good after the message was accepted
 * (deploy/contract/schemas).
 *
 * @param headerBase64 the message's header block without the empty line; JSON has it in base64
 */
record Undeliverable(
        String submissionId,
        Instant failedAt,
        Instant arrivedAt,
        String reportingMta,
        String mailFrom,
        List<Recipient> recipients,
        byte[] headerBase64) {
    /** The edge takes no larger header block; a record stays below Kafka's limit whoever else wrote the message. */
    private static final int HEADER_LIMIT = 256 * 1024;

    record Recipient(String address, String status, String diagnostic, Optional<String> remoteMta) {}

    static Undeliverable of(
            OutboundMessage message, Map<String, FailedForGood> failed, Instant failedAt, String reportingMta) {
        return new Undeliverable(
                message.id(),
                failedAt,
                message.receivedAt(),
                reportingMta,
                message.mailFrom(),
                failed.entrySet().stream()
                        .map(entry -> recipient(entry.getKey(), entry.getValue()))
                        .toList(),
                header(message.content()));
    }

    private static Recipient recipient(String address, FailedForGood failure) {
        return new Recipient(address, failure.status(), failure.diagnostic(), failure.remoteMta());
    }

    /** RFC 5322 2.1: the header ends at the first empty line; its last field keeps its CRLF. */
    static byte[] header(byte[] content) {
        int limit = Math.min(content.length, HEADER_LIMIT);
        for (int i = 0; i + 1 < limit; i++) {
            boolean lineStart = i == 0 || content[i - 1] == '\n';
            if (lineStart && content[i] == '\r' && content[i + 1] == '\n') {
                return Arrays.copyOf(content, i);
            }
        }
        return Arrays.copyOf(content, limit);
    }
}
