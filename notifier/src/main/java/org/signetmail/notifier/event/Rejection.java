package org.signetmail.notifier.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A submission that was refused, or with {@code enforced=false} would have been: {@code rejection.v1} of the contract,
 * which says what each component holds. The submission's id is the incident's id too.
 */
public record Rejection(
        UUID submissionId,
        String account,
        Instant rejectedAt,
        String server,
        boolean enforced,
        Violation violation,
        Mode mode,
        long directoryVersion,
        Optional<String> primaryAddress,
        List<String> allowed,
        Client client,
        String mailFrom,
        List<String> recipients,
        long size,
        Optional<String> archiveFile,
        String headerBase64,
        Optional<Map<String, Object>> explanation,
        Optional<Boolean> canary) {

    public Rejection {
        requireNonNull(submissionId, "submissionId");
        requireNonNull(account, "account");
        requireNonNull(rejectedAt, "rejectedAt");
        requireNonNull(server, "server");
        requireNonNull(violation, "violation");
        requireNonNull(mode, "mode");
        requireNonNull(client, "client");
        requireNonNull(mailFrom, "mailFrom");
        requireNonNull(headerBase64, "headerBase64");
        allowed = List.copyOf(allowed);
        recipients = List.copyOf(recipients);
    }

    /** Whether an edge submitted this to itself, to see that it is refused. */
    public boolean fromCanary() {
        return canary.orElse(false);
    }

    /** The first rule that was broken: field and address for an originator, field and detail for the other reasons. */
    public record Violation(Reason reason, String field, Optional<String> address, Optional<String> detail) {
        public Violation {
            requireNonNull(reason, "reason");
            requireNonNull(field, "field");
        }
    }

    /** The submitting host: its IP address, the name it gave itself, and the TLS version if there was any. */
    public record Client(String address, String helo, Optional<String> tls) {
        public Client {
            requireNonNull(address, "address");
            requireNonNull(helo, "helo");
        }
    }

    /** What the domain of the account's primary address had in force. */
    public enum Mode {
        @JsonProperty("enforce")
        ENFORCE,
        @JsonProperty("report")
        REPORT,
        @JsonProperty("off")
        OFF
    }
}
