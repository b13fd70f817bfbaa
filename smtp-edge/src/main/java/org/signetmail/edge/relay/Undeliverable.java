package org.signetmail.edge.relay;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.signetmail.edge.command.Ret;

/**
 * The event undeliverable.v1: what the sender of an accepted message is to be told about its recipients
 * (deploy/contract/schemas, decision 0045).
 *
 * @param failedAt when the delivery came to this
 * @param envid as the client wrote it, xtext
 * @param requireTls true or absent; then neither header nor body are here (RFC 8689 5)
 * @param retryUntil on a delay: when the message is given up
 * @param headerBase64 the message's header block without the empty line; JSON has it in base64
 * @param bodyBase64 with RET=FULL: what follows the header block, its empty line too
 */
record Undeliverable(
        String submissionId,
        Instant failedAt,
        Instant arrivedAt,
        String reportingMta,
        String mailFrom,
        Optional<String> envid,
        Optional<Ret> ret,
        Optional<Boolean> requireTls,
        Optional<Instant> retryUntil,
        List<Recipient> recipients,
        byte[] headerBase64,
        Optional<byte[]> bodyBase64) {

    /**
     * One recipient.
     *
     * @param action absent: failed
     * @param originalRecipient ORCPT as the client wrote it
     */
    record Recipient(
            String address,
            Optional<Action> action,
            String status,
            String diagnostic,
            Optional<String> remoteMta,
            Optional<String> originalRecipient) {}

    boolean tells(Action action) {
        return recipients.stream().anyMatch(recipient -> recipient.action().equals(Optional.of(action)));
    }

    /** RFC 3464 2.3.3. */
    enum Action {
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("delayed")
        DELAYED,
        @JsonProperty("relayed")
        RELAYED,
        @JsonProperty("delivered")
        DELIVERED
    }
}
