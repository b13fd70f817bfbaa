package org.signetmail.edge.relay;

import java.util.Optional;

/** What one delivery came to for one recipient. */
sealed interface Outcome {
    /** The next hop took it over. */
    record Delivered(Handover handover, String status, String reply, String host) implements Outcome {}

    /**
     * No attempt will succeed.
     *
     * @param status RFC 3463
     * @param diagnostic reply of the next hop, or why none came
     * @param remoteMta who replied
     */
    record FailedForGood(String status, String diagnostic, Optional<String> remoteMta) implements Outcome {}

    /** Another attempt may succeed. */
    record Later(String status, String diagnostic, Optional<String> remoteMta) implements Outcome {}

    /** Who tells the sender of a success, if the sender asked for that (RFC 3461 5.2.2 and 5.2.3). */
    enum Handover {
        /** The next hop: it was given NOTIFY and ORCPT. */
        WITH_NOTIFY,
        /** We do, of a message relayed to a host that does not know DSN. */
        RELAYED,
        /** We do, of a message that is in its mailbox: LMTP. */
        IN_MAILBOX
    }
}
