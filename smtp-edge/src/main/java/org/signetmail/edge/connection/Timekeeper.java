package org.signetmail.edge.connection;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.signetmail.edge.EdgeMetrics;
import org.signetmail.edge.content.Storage;

/**
 * How long one client may take over what is under way, and when the connection hangs. Time that a message waits for room
 * is the server's own: nothing is read meanwhile, and the client could not go on if it would.
 */
final class Timekeeper implements Storage.Waits {
    private final Deadline deadline = new Deadline();
    private final Duration toTakeReplies;
    private final EdgeMetrics metrics;
    private Patience patience;
    private long arrivedBefore;
    private long waitsSince;

    Timekeeper(Duration toTakeReplies, EdgeMetrics metrics) {
        this.toTakeReplies = toTakeReplies;
        this.patience = Patience.within(toTakeReplies);
        this.metrics = metrics;
    }

    /**
     * What is read from now on may take that long.
     *
     * @param arrived octets of the connection so far
     */
    void expect(Patience newPatience, long arrived) {
        patience = newPatience;
        arrivedBefore = arrived;
    }

    /** Whatever is done next is bounded by whoever does it. */
    void lift() {
        deadline.lift();
    }

    void within(Duration limit) {
        deadline.in(limit);
    }

    /** The client has to take what was written. */
    void writing() {
        deadline.in(toTakeReplies);
    }

    /** The client is to send more; sets the timeout of the wire. */
    void reading(Wire wire, long arrived) throws IOException {
        int millis = millisLeft(arrived);
        wire.timeout(millis);
        deadline.in(Duration.ofMillis(millis));
    }

    private int millisLeft(long arrived) throws SocketTimeoutException {
        return patience.millisLeft(arrived - arrivedBefore);
    }

    boolean isOverdue() {
        return deadline.isOver();
    }

    @Override
    public void begin() {
        deadline.lift();
        metrics.waitedForRoom();
        waitsSince = System.nanoTime();
    }

    @Override
    public void end() {
        patience.excuse(System.nanoTime() - waitsSince);
    }
}
