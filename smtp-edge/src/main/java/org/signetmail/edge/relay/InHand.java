package org.signetmail.edge.relay;

import java.util.ArrayList;
import java.util.List;
import org.signetmail.edge.event.OutboundMessage;

/** A whole message on its way through a courier, and the records whose offsets it holds back. */
final class InHand {
    private final OutboundMessage message;
    private final List<Position> positions;
    private volatile boolean abandoned;

    InHand(OutboundMessage message, List<Position> positions) {
        this.message = message;
        this.positions = new ArrayList<>(positions);
    }

    OutboundMessage message() {
        return message;
    }

    /** A retry has the id of its first attempt, and must go out nevertheless. */
    String key() {
        return message.id() + "/" + message.attempt();
    }

    /** For the polling thread only. */
    List<Position> positions() {
        return positions;
    }

    /** Whether its partition went to another instance, which delivers it. */
    boolean abandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
    }
}
