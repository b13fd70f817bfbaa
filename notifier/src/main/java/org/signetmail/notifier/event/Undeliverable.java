package org.signetmail.notifier.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the sender of an accepted message is to be told about recipients: {@code undeliverable.v1} of the contract, which
 * says what each component holds. A message may have several of these.
 */
public record Undeliverable(
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
        String headerBase64,
        Optional<String> bodyBase64) {

    public Undeliverable {
        requireNonNull(submissionId, "submissionId");
        requireNonNull(failedAt, "failedAt");
        requireNonNull(arrivedAt, "arrivedAt");
        requireNonNull(reportingMta, "reportingMta");
        requireNonNull(mailFrom, "mailFrom");
        requireNonNull(headerBase64, "headerBase64");
        recipients = List.copyOf(recipients);
    }

    /** One recipient: RFC 3463 status, and the reply of the next hop or why none came. */
    public record Recipient(
            String address,
            Optional<Action> action,
            String status,
            String diagnostic,
            Optional<String> remoteMta,
            Optional<String> originalRecipient) {
        public Recipient {
            requireNonNull(address, "address");
            requireNonNull(status, "status");
            requireNonNull(diagnostic, "diagnostic");
        }

        /** What became of it; an event that does not say so tells of a failure. */
        public Action outcome() {
            return action.orElse(Action.FAILED);
        }
    }

    /** RFC 3464 2.3.3, the worst first. */
    public enum Action {
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("delayed")
        DELAYED,
        @JsonProperty("relayed")
        RELAYED,
        @JsonProperty("delivered")
        DELIVERED
    }

    /** RFC 3461 4.3. */
    public enum Ret {
        FULL,
        HDRS
    }

    /** The same, of these recipients only. */
    public Undeliverable of(List<Recipient> some) {
        return new Undeliverable(
                submissionId,
                failedAt,
                arrivedAt,
                reportingMta,
                mailFrom,
                envid,
                ret,
                requireTls,
                retryUntil,
                some,
                headerBase64,
                bodyBase64);
    }

    /** RFC 8689 5: nothing of such a message may stand in a report. */
    public boolean secret() {
        return requireTls.orElse(false);
    }
}
