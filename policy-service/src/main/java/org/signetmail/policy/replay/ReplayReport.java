package org.signetmail.policy.replay;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.signetmail.policy.explain.ProposedGrant;

/** A line of the answer to a replay. */
public sealed interface ReplayReport {
    /** What has been judged so far, out of how many records. */
    @Schema(name = "ReplayProgress")
    record Progress(long judged, long records) implements ReplayReport {}

    /**
     * The last line of a replay that read all.
     *
     * @param judged submissions that got a verdict
     * @param leftOut submissions of accounts of other domains
     * @param unjudged unreadable records, and submissions that would be deferred
     * @param refused submissions that would be refused
     * @param reasons how many of them by the first reason
     * @param accounts most refused first
     * @param moreAccounts refused accounts that are not listed; of more than 10,000 the first 10,000 are counted here
     * @param moreRefused their submissions
     */
    @Schema(name = "ReplayResult")
    record Result(
            boolean done,
            Instant from,
            Instant until,
            long judged,
            long leftOut,
            long unjudged,
            long refused,
            Map<String, Long> reasons,
            List<Account> accounts,
            long moreAccounts,
            long moreRefused)
            implements ReplayReport {}

    /** The replay ended before its time; its numbers would be wrong, so there are none. */
    @Schema(name = "ReplayAborted")
    record Aborted(boolean done, String detail) implements ReplayReport {}

    /**
     * An account of which submissions would be refused.
     *
     * @param refused its submissions that would be refused
     * @param moreFaults submissions with faults that are not listed
     */
    @Schema(name = "RefusedAccount")
    record Account(
            String account, Optional<String> primaryAddress, long refused, List<Fault> faults, long moreFaults) {}

    /**
     * One thing for which they would be refused.
     *
     * @param address the originator, where one is at fault
     * @param detail what the address does not say
     * @param count submissions that have it
     * @param mend the grant with which directory-service would allow it
     */
    @Schema(name = "RefusedFault")
    record Fault(
            String reason,
            String field,
            Optional<String> address,
            Optional<String> detail,
            long count,
            Instant last,
            Optional<ProposedGrant> mend) {}
}
