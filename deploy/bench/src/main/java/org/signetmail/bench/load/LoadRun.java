package org.signetmail.bench.load;

import java.io.IOException;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.signetmail.bench.scenario.Load;

/**
 * A load from its first message to its last: as many virtual threads as connections, which share the number of messages.
 * Each turn is a message or a failure, so that a server that refuses everything ends the run as well.
 */
public final class LoadRun {
    private final int port;
    private final Load load;
    private final AtomicInteger turns = new AtomicInteger();
    private final Tally tally;
    private final long begin = System.nanoTime();
    private final String id = Long.toHexString(System.currentTimeMillis());

    private LoadRun(int port, Load load) {
        this.port = port;
        this.load = load;
        tally = new Tally(load.finalReply());
    }

    /** Runs the load against a loopback port, and returns when it is over. */
    public static LoadResult against(int port, Load load) throws InterruptedException {
        return new LoadRun(port, load).run();
    }

    private LoadResult run() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> connection = () -> {
                submitUntilOver();
                return null;
            };
            for (Future<Void> ended : threads.invokeAll(Collections.nCopies(load.connections(), connection))) {
                ended.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The load client itself failed", e.getCause());
        }
        return tally.result(turns.get() < load.messages());
    }

    private void submitUntilOver() {
        Message message = Message.of(load, id);
        long turn = nextTurn();
        while (turn > 0) {
            try (Submitter submitter = Submitter.open(port, load, tally)) {
                int sent = 0;
                while (turn > 0 && sent < load.messagesPerConnection()) {
                    submitter.submit(message.numbered(turn));
                    sent++;
                    turn = nextTurn();
                }
                submitter.quit();
            } catch (UnexpectedReply e) {
                tally.unexpected(e.getMessage());
                turn = nextTurn();
            } catch (IOException e) {
                tally.unexpected("connection: " + e);
                turn = nextTurn();
            }
        }
    }

    /** The number of the next message from 1, or 0 when the run is over. */
    private int nextTurn() {
        if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(load.timeLimitSeconds())) {
            return 0;
        }
        int before = turns.getAndUpdate(taken -> taken < load.messages() ? taken + 1 : taken);
        return before < load.messages() ? before + 1 : 0;
    }
}
