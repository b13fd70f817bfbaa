package org.signetmail.notifier.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Recipients whose delivery failed for good after the message was accepted: {@code undeliverable.v1} of the contract.
 * A message may have several of these, each for other recipients.
 */
public record Undeliverable(
        String submissionId,
        Instant failedAt,
        Instant arrivedAt,
        String reportingMta,
        String mailFrom,
        List<Recipient> recipients,
        String headerBase64) {

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
    public record Recipient(String address, String status, String diagnostic, Optional<String> remoteMta) {
        public Recipient {
            requireNonNull(address, "address");
            requireNonNull(status, "status");
            requireNonNull(diagnostic, "diagnostic");
        }
    }

    /** The same failure, of these recipients only. */
    public Undeliverable of(List<Recipient> some) {
        return new Undeliverable(submissionId, failedAt, arrivedAt, reportingMta, mailFrom, some, headerBase64);
    }
}
