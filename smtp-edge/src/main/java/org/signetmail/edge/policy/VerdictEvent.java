package org.signetmail.edge.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code verdict.v1}, deploy/contract/schemas: policy-service's answer to a submission.
 *
 * @param explanation goes to the record of incidents as it is
 */
public record VerdictEvent(
        String submissionId,
        String account,
        Instant judgedAt,
        Outcome outcome,
        Optional<String> mode,
        Optional<Violation> violation,
        OptionalLong directoryVersion,
        Optional<String> primaryAddress,
        List<String> allowed,
        Optional<String> detail,
        Optional<Map<String, Object>> explanation) {
    /** What cannot be acted on without is required; a verdict that lacks it is unreadable. */
    public VerdictEvent {
        Objects.requireNonNull(submissionId, "submissionId");
        Objects.requireNonNull(outcome, "outcome");
        allowed = allowed == null ? List.of() : List.copyOf(allowed);
    }

    /** Whether the account may use every originator: not where mode report or off let pass what it may not. */
    public boolean provesOriginators() {
        return outcome == Outcome.ACCEPT && violation.isEmpty() && !mode.equals(Optional.of("off"));
    }

    /** What is to be done with the message. */
    public enum Outcome {
        @JsonProperty("accept")
        ACCEPT,
        @JsonProperty("reject")
        REJECT,
        @JsonProperty("defer")
        DEFER
    }

    /** Which kind of rule was broken. */
    public enum Reason {
        @JsonProperty("envelope")
        ENVELOPE,
        @JsonProperty("from")
        FROM,
        @JsonProperty("sender")
        SENDER,
        @JsonProperty("resent")
        RESENT,
        @JsonProperty("display-name")
        DISPLAY_NAME,
        @JsonProperty("form")
        FORM,
        @JsonProperty("suspended")
        SUSPENDED
    }

    /** The first rule that was broken; address is absent for form and suspended, detail where the address says it all. */
    public record Violation(Reason reason, String field, Optional<String> address, Optional<String> detail) {
        public Violation {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(field, "field");
        }
    }
}
