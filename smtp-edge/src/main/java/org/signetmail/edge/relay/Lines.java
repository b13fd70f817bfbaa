package org.signetmail.edge.relay;

import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.TopicPartition;
import org.signetmail.edge.event.OutboundWriter;

/**
 * The partitions of signet.retries behind those of the delays: in each, mail that was not tried stands in line until its
 * destination has room for it or is back (decision 0067). A route with hosts of its own has a line of its own while
 * there are enough; domains of MX routes share the others.
 */
final class Lines {
    private final int delays;
    private final List<String> fixed;
    private final boolean mx;
    private volatile int number;

    /**
     * @param delays partitions before them
     * @param routes the order of their names says which line each has: the same on every instance
     */
    Lines(int delays, List<Route> routes) {
        this.delays = delays;
        fixed = routes.stream()
                .filter(route -> !route.byMx())
                .map(Route::name)
                .sorted()
                .toList();
        mx = routes.stream().anyMatch(Route::byMx);
    }

    /** Says how many partitions the topic has. */
    void partitions(int ofTopic) {
        number = Math.max(0, ofTopic - delays);
    }

    boolean isLine(TopicPartition partition) {
        return partition.topic().equals(OutboundWriter.RETRIES) && partition.partition() >= delays;
    }

    /** Whether nobody else's mail stands in its line. */
    boolean ownsOne(Destination destination) {
        int index = index(destination);
        return index >= 0 && index < owned();
    }

    /** The partition of its line; empty when the topic has none. */
    OptionalInt of(Destination destination) {
        int all = number;
        if (all == 0) {
            return OptionalInt.empty();
        }
        if (ownsOne(destination)) {
            return OptionalInt.of(delays + index(destination));
        }
        int owned = owned();
        return OptionalInt.of(delays + owned + Math.floorMod(destination.name().hashCode(), all - owned));
    }

    private int index(Destination destination) {
        return destination.route().byMx() ? -1 : fixed.indexOf(destination.name());
    }

    /** One at least is left for those that share. */
    private int owned() {
        boolean all = !mx && fixed.size() <= number;
        return all ? fixed.size() : Math.clamp(number - 1L, 0, fixed.size());
    }
}
