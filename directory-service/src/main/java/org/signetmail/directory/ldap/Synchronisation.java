package org.signetmail.directory.ldap;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a synchronisation did, or would do.
 *
 * @param beganAt when it began
 */
public record Synchronisation(String id, State state, Instant beganAt, Report report) {
    /** What became of it. */
    public enum State {
        /** Asked for as a preview; nothing was written. */
        @JsonProperty("dry-run")
        DRY_RUN,
        /** Would withdraw too many addresses; nothing was written. */
        @JsonProperty("held")
        HELD,
        /** Was held, until a later one was not. */
        @JsonProperty("lapsed")
        LAPSED,
        /** Was held, and then confirmed. */
        @JsonProperty("confirmed")
        CONFIRMED,
        @JsonProperty("done")
        DONE,
        /** Nothing, or not all, was written; the next one begins where this one did. */
        @JsonProperty("failed")
        FAILED;

        /** As the database and JSON have it. */
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * The difference. Of changes and faults the first thousand are named.
     *
     * @param everything whether all entries were read, or only those that changed
     * @param entries that were read
     * @param addresses that all accounts from LDAP had before
     * @param addressesWithdrawn of them, those of accounts that are deleted or disabled included
     */
    public record Report(
            boolean everything,
            long entries,
            long created,
            long changed,
            long deleted,
            long addresses,
            long addressesWithdrawn,
            long grantsGiven,
            long grantsWithdrawn,
            List<Change> changes,
            List<Fault> faults,
            Optional<String> error) {
        static Report failed(String error) {
            return new Report(false, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), List.of(), Optional.of(error));
        }

        Report withGrants(long given, long withdrawn, List<Fault> all) {
            return new Report(
                    everything,
                    entries,
                    created,
                    changed,
                    deleted,
                    addresses,
                    addressesWithdrawn,
                    given,
                    withdrawn,
                    changes,
                    all,
                    error);
        }

        Report withError(String text) {
            return new Report(
                    everything,
                    entries,
                    created,
                    changed,
                    deleted,
                    addresses,
                    addressesWithdrawn,
                    grantsGiven,
                    grantsWithdrawn,
                    changes,
                    faults,
                    Optional.of(text));
        }
    }

    /** What happens to an account. */
    public enum Kind {
        @JsonProperty("created")
        CREATED,
        @JsonProperty("changed")
        CHANGED,
        @JsonProperty("deleted")
        DELETED,
        /** The account stays as it is; who may use it, or who is in the group, changes. */
        @JsonProperty("names")
        NAMES
    }

    /**
     * One entry's part of the difference.
     *
     * @param account absent of a group
     * @param names what comes and goes of members and delegates, such as {@code +send-on-behalf uid=bob,dc=example}
     */
    public record Change(
            Kind kind,
            Optional<String> account,
            String dn,
            List<String> addressesGiven,
            List<String> addressesWithdrawn,
            List<String> names) {}

    /** What of an entry could not be used. */
    public record Fault(String dn, String detail) {}
}
