package org.signetmail.directory.changes;

import java.util.List;

/** Where changes go: Kafka, or what a test puts in its place. */
interface ChangeTopic {
    /** Returns when all events are acknowledged, in this order; throws when any of them may be lost. */
    void publish(List<Event> events);
}
