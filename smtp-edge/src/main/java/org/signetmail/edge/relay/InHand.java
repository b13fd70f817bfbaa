package org.signetmail.edge.relay;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.signetmail.edge.event.OutboundMessage;
import org.signetmail.edge.event.OutboundWriter;

/** A whole message on its way through a courier, and the records whose offsets it holds back. */
final class InHand {
    private final OutboundMessage message;
    private final List<Position> positions;
    private final Instant writtenAt;
    private final Position first;
    private final Deque<InHand> repeated = new ArrayDeque<>();
    private volatile boolean abandoned;

    InHand(OutboundMessage message, List<Position> positions, Instant writtenAt) {
        this.message = message;
        this.writtenAt = writtenAt;
        this.first = positions.getFirst();
        this.positions = new ArrayList<>(positions);
    }

    OutboundMessage message() {
        return message;
    }

    /** When its last record was written: for a retry, at the end of the attempt before. */
    Instant writtenAt() {
        return writtenAt;
    }

    /**
     * A retry has the id of its first attempt, and must go out nevertheless; so must the copies of one message for several
     * destinations, of which no two have a recipient in common.
     */
    String key() {
        return message.id() + "/" + message.attempt() + "/"
                + message.recipients().getFirst();
    }

    /** Whether it waited before, and was not accepted just now. */
    boolean wasSetAside() {
        return message.attempt() > 0 || first.partition().topic().equals(OutboundWriter.RETRIES);
    }

    /** Where its first record stands. */
    Position first() {
        return first;
    }

    /** For the polling thread only. */
    List<Position> positions() {
        return positions;
    }

    /** The same message, read again while this one is in hand. For the polling thread only. */
    Deque<InHand> repeated() {
        return repeated;
    }

    /** Whether its partition went to another instance, which delivers it. */
    boolean abandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
    }
}
