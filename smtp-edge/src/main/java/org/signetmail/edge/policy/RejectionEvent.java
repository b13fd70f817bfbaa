package org.signetmail.edge.policy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code rejection.v1}, deploy/contract/schemas: a submission that was refused, or with enforced=false would have been.
 *
 * @param headerBase64 header block of the message, octet for octet
 * @param explanation of the verdict, as policy-service gave it
 * @param canary true for a forged message of this edge's own; else absent
 */
public record RejectionEvent(
        String submissionId,
        String account,
        Instant rejectedAt,
        String server,
        boolean enforced,
        VerdictEvent.Violation violation,
        String mode,
        long directoryVersion,
        Optional<String> primaryAddress,
        List<String> allowed,
        ClientFacts client,
        String mailFrom,
        List<String> recipients,
        long size,
        Optional<String> archiveFile,
        byte[] headerBase64,
        Optional<Map<String, Object>> explanation,
        Optional<Boolean> canary) {}
