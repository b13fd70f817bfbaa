package org.signetmail.edge.relay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.signetmail.edge.event.OutboundMessage;

/** A whole message on its way through a courier, and the records whose offsets it holds back. */
final class InHand {
    private final OutboundMessage message;
    private final List<Position> positions;
    private final Instant writtenAt;
    private final Position first;
    private final List<InHand> followers = new ArrayList<>();
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

    /** A retry has the id of its first attempt, and must go out nevertheless. */
    String key() {
        return message.id() + "/" + message.attempt();
    }

    /** Where its first record stands. */
    Position first() {
        return first;
    }

    /** For the polling thread only. */
    List<Position> positions() {
        return positions;
    }

    /** What came under the same key meanwhile. For the polling thread only. */
    List<InHand> followers() {
        return followers;
    }

    /** Whether its partition went to another instance, which delivers it. */
    boolean abandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
    }
}
