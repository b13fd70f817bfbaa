package org.signetmail.edge.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.signetmail.edge.submission.Originators;

/**
 * {@code submission.v1}, deploy/contract/schemas: what policy-service judges. Either header or malformed is there.
 *
 * @param canary true for a forged message of this edge's own; else absent
 */
public record SubmissionEvent(
        String submissionId,
        String account,
        Optional<String> credential,
        Instant receivedAt,
        Instant answerBy,
        ClientFacts client,
        String mailFrom,
        List<String> recipients,
        long size,
        Optional<Originators> header,
        Optional<Malformation> malformed,
        Optional<Boolean> canary) {
    /** Why the header did not parse. */
    public record Malformation(String field, String detail) {}
}
