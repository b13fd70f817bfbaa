package org.signetmail.bench.load;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.signetmail.bench.scenario.Load;
import org.signetmail.bench.scenario.Senders.Account;
import org.signetmail.bench.scenario.Submission;

/**
 * A load from its first message to its last: as many virtual threads as connections, which share the number of messages.
 * Each turn is a message or a failure, so that a server that refuses everything ends the run as well.
 */
public final class LoadRun {
    private final Door door;
    private final Load load;
    private final SSLContext trust;
    private final AtomicInteger turns = new AtomicInteger();
    private final Tally tally = new Tally();
    private final Pace pace;
    private final long before;
    private final long begin = System.nanoTime();
    private final String id = Long.toHexString(System.currentTimeMillis());

    /**
     * A message to send.
     *
     * @param number from 1, or 0 when the run is over
     * @param due when it was to be sent, in nanoseconds
     */
    private record Turn(long number, long due) {
        static final Turn NONE = new Turn(0, 0);
    }

    private LoadRun(Door door, Load load, SSLContext trust, long before) {
        this.door = door;
        this.load = load;
        this.trust = trust;
        this.before = before;
        this.pace = Pace.of(load.rate());
    }

    /**
     * Runs the load against a server, and returns when it is over.
     *
     * @param before messages of the runs before: numbered senders go on where those ended
     */
    public static LoadResult against(Door door, Load load, long before) throws InterruptedException {
        SSLContext trust = switch (load.tls()) {
            case NONE -> null; // No connection asks for it.
            case STARTTLS, IMPLICIT -> door.trust();
        };
        return new LoadRun(door, load, trust, before).run();
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

    private void submitUntilOver() throws InterruptedException {
        Map<String, Message> contents = new HashMap<>();
        Turn turn = nextTurn();
        while (turn.number() > 0) {
            Account account = load.senders()
                    .account(before + turn.number(), load.message().from());
            try (Submitter submitter = Submitter.open(door, trust, load, account, tally)) {
                int sent = 0;
                while (turn.number() > 0 && sent < load.messagesPerConnection()) {
                    Submission submission = load.submission(turn.number());
                    byte[] content = content(contents, submission, account, turn.number());
                    submitter.submit(submission, account, content, turn.due());
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

    /** One for each address of a connection: making it takes longer than sending it. */
    private byte[] content(Map<String, Message> contents, Submission submission, Account account, long turn) {
        String from = load.senders().number() == 0 ? submission.from() : account.address();
        if (contents.size() > 2) {
            contents.clear(); // Numbered senders: each is another one.
        }
        return contents.computeIfAbsent(from, address -> Message.of(load, address, id))
                .numbered(turn);
    }

    /** The next message's, when it is due. */
    private Turn nextTurn() throws InterruptedException {
        if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(load.timeLimitSeconds())) {
            return Turn.NONE;
        }
        int before = turns.getAndUpdate(taken -> taken < load.messages() ? taken + 1 : taken);
        return before < load.messages() ? new Turn(before + 1, pace.awaitDue(before + 1)) : Turn.NONE;
    }
}
