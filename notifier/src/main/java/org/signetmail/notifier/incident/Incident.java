package org.signetmail.notifier.incident;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.signetmail.notifier.event.Reason;
import org.signetmail.notifier.event.Rejection;

/** What people read of a refused submission. */
public final class Incident {
    private Incident() {}

    /** A line of a list; enforced=false: mode report, the message went out. */
    public record Summary(
            UUID id,
            String account,
            Instant rejectedAt,
            boolean enforced,
            Reason reason,
            String field,
            Optional<String> address,
            String host,
            String helo) {}

    /** A page of a list, newest first; next is there when more follow, to be given as {@code after}. */
    public record Page(List<Summary> incidents, Optional<UUID> next) {}

    /** All that is known. */
    public record Details(
            UUID id,
            Instant recordedAt,

            @Schema(implementation = Rejection.class) @JsonRawValue
            String rejection,

            List<Told> notices) {}

    /** A mail about it: queued with the incident, published when Kafka acknowledged it. */
    public record Told(String id, String kind, String recipient, Instant queuedAt, Optional<Instant> publishedAt) {}
}
