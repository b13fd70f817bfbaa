package org.signetmail.edge.counts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/** What is counted, over which time, and in steps of which length the window slides. */
public enum Kind {
    @JsonProperty("failures-of-address")
    FAILURES_OF_ADDRESS(Duration.ofHours(1), Duration.ofMinutes(5)),
    @JsonProperty("failures-of-network")
    FAILURES_OF_NETWORK(Duration.ofHours(1), Duration.ofMinutes(5)),
    @JsonProperty("failures-of-account")
    FAILURES_OF_ACCOUNT(Duration.ofHours(1), Duration.ofMinutes(5)),
    @JsonProperty("messages-an-hour")
    MESSAGES_AN_HOUR(Duration.ofHours(1), Duration.ofMinutes(5)),
    @JsonProperty("messages-a-day")
    MESSAGES_A_DAY(Duration.ofDays(1), Duration.ofHours(1)),
    @JsonProperty("recipients-an-hour")
    RECIPIENTS_AN_HOUR(Duration.ofHours(1), Duration.ofMinutes(5)),
    @JsonProperty("recipients-a-day")
    RECIPIENTS_A_DAY(Duration.ofDays(1), Duration.ofHours(1));

    private final long window;
    private final long bucket;

    Kind(Duration window, Duration bucket) {
        this.window = window.toSeconds();
        this.bucket = bucket.toSeconds();
    }

    /** Begin of the bucket that a second belongs to. */
    long bucketOf(long second) {
        return second - Math.floorMod(second, bucket);
    }

    /** First second at which nothing of a bucket is within the window. */
    long endOf(long bucketStart) {
        return bucketStart + bucket + window;
    }
}
