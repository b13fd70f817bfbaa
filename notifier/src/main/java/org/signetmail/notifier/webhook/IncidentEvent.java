package org.signetmail.notifier.webhook;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.signetmail.notifier.event.EventJson;
import org.signetmail.notifier.event.Rejection;

/**
 * What a webhook is told of an incident: {@code incident.v1} of the contract. The message's header, what the account may
 * use and the verdict's explanation stay in the record of incidents, where it is on record who reads them.
 */
public record IncidentEvent(
        UUID incident,
        String account,
        Instant rejectedAt,
        String server,
        boolean enforced,
        Rejection.Violation violation,
        Rejection.Mode mode,
        long directoryVersion,
        Optional<String> primaryAddress,
        Rejection.Client client,
        String mailFrom,
        List<String> recipients,
        long size,
        Optional<String> archiveFile) {
    private static final URI SCHEMA = URI.create("urn:signetmail:incident.v1");

    /** CloudEvents 1.0, JSON format: sections 2 and 3 of its specification. */
    private record CloudEvent(
            String specversion,
            String id,
            String source,
            String type,
            Instant time,
            String subject,
            @JsonProperty("datacontenttype") String contentType,
            @JsonProperty("dataschema") URI schema,
            Optional<String> traceparent,
            IncidentEvent data) {}

    static IncidentEvent of(Rejection rejection) {
        return new IncidentEvent(
                rejection.submissionId(),
                rejection.account(),
                rejection.rejectedAt(),
                rejection.server(),
                rejection.enforced(),
                rejection.violation(),
                rejection.mode(),
                rejection.directoryVersion(),
                rejection.primaryAddress(),
                rejection.client(),
                rejection.mailFrom(),
                rejection.recipients(),
                rejection.size(),
                rejection.archiveFile());
    }

    /** Id of the event, and of its deliveries. */
    String id() {
        return incident + ".incident";
    }

    /** The event in structured mode: what is signed and sent. */
    String structured(Optional<String> traceparent) {
        return EventJson.write(new CloudEvent(
                "1.0",
                id(),
                "/signet/notifier",
                "org.signetmail.incident.v1",
                rejectedAt,
                account,
                "application/json",
                SCHEMA,
                traceparent,
                this));
    }
}
