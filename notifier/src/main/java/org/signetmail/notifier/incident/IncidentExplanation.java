package org.signetmail.notifier.incident;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.signetmail.notifier.event.Rejection;

/**
 * Why a submission was refused, rule by rule.
 *
 * @param then as it was judged, with the version of the directory that was used
 * @param now as the same would be judged at present: policy-service's explanation
 * @param nowMissing why there is no {@code now}
 */
public record IncidentExplanation(
        UUID id,
        String account,
        Then then,

        @Schema(description = "What POST /api/v1/explanations of policy-service answers to the same question")
        Optional<Map<String, Object>> now,

        Optional<String> nowMissing) {
    /** @param rules each rule's own answer; none when policy-service did not say */
    public record Then(
            Instant at,
            boolean enforced,
            Rejection.Mode mode,
            Rejection.Violation violation,
            long directoryVersion,
            List<String> allowed,
            List<Rule> rules) {}

    /** @param address the offending one */
    @Schema(name = "RuleThen")
    public record Rule(String rule, String outcome, Optional<String> address, String words) {}
}
