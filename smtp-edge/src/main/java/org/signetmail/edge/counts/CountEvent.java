package org.signetmail.edge.counts;

import java.time.Instant;
import java.util.Objects;

/**
 * {@code count.v1}, deploy/contract/schemas: how many one edge has counted so far, not how many more. So a record that is
 * read twice, late, or not at all does no harm that the next one does not mend.
 *
 * @param edge the run of an edge that counted; a restarted one is another
 * @param bucket begin of the time that is counted
 */
public record CountEvent(String edge, Kind kind, String subject, Instant bucket, int count) {
    public CountEvent {
        Objects.requireNonNull(edge, "edge");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(bucket, "bucket");
    }

    /** Key of its record: compaction keeps the newest count of each. */
    String recordKey() {
        return String.join(" ", edge, kind.name(), Long.toString(bucket.getEpochSecond()), subject);
    }
}
