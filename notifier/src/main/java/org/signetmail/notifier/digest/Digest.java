package org.signetmail.notifier.digest;

import java.time.Instant;
import java.util.List;

/**
 * What a digest tells of: refusals that were gathered for somebody.
 *
 * @param accounts how many accounts they are of
 * @param newest the newest of them: its event, for the server's name and the writer's language
 * @param lines the most frequent kinds
 * @param more further kinds
 */
public record Digest(
        long count, long accounts, Instant first, Instant last, String newest, List<Line> lines, long more) {
    /**
     * Refusals of one account, one tried address and one field.
     *
     * @param address empty when it was none
     * @param hosts some of those that submitted them
     */
    public record Line(
            long count,
            String account,
            String address,
            String field,
            List<String> hosts,
            long moreHosts,
            Instant first,
            Instant last) {}
}
