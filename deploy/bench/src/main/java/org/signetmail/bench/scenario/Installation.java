package org.signetmail.bench.scenario;

import java.util.Map;
import org.signetmail.local.stack.Part;

/**
 * What a server is started with. Scenarios with equal ones share the server.
 *
 * @param environment variables of services that differ from those of the local stack
 * @param accounts numbered ones that are imported beside the demo directory's
 * @param senders those of them that have a password
 * @param directoryDelayMillis that each piece of data to and from the directory takes longer
 * @param partitions of each topic that has several; 0: as the contract says
 * @param brokers one that syncs each record to disk, or three of which two must have it
 */
public record Installation(
        Target target,
        Map<Part, Map<String, String>> environment,
        int accounts,
        Senders senders,
        int directoryDelayMillis,
        int partitions,
        int brokers) {

    /** Short, for directory names. */
    public String label() {
        return target.label();
    }
}
