package org.signetmail.bench.abuse;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * A kind of abuse under way: clients on virtual threads of their own, what they came to, and an end to them. A client that
 * fails was turned away, which is what the edge is to do with it.
 */
public final class Abuse implements AutoCloseable {
    private static final int MOST_WORDS = 12;

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
    private volatile boolean over;

    boolean isOver() {
        return over;
    }

    /** One more client; what its call returns, or fails with, is counted. */
    void client(Callable<String> client) {
        var _ = clients.submit(() -> {
            String outcome;
            try {
                outcome = client.call();
            } catch (IOException e) {
                outcome = over ? "ended by us" : String.valueOf(e.getMessage());
            }
            count(outcome);
            return null;
        });
    }

    void count(String outcome) {
        boolean known = outcomes.containsKey(outcome) || outcomes.size() < MOST_WORDS;
        outcomes.computeIfAbsent(known ? outcome : "something else", _ -> new LongAdder())
                .increment();
    }

    private long counted(String outcome) {
        LongAdder counter = outcomes.get(outcome);
        return counter == null ? 0 : counter.sum();
    }

    /** How many clients signed in. */
    public long signedIn() {
        return counted(Idle.SIGNED_IN);
    }

    /** How often which outcome. */
    public Map<String, Long> outcomes() {
        var sums = new TreeMap<String, Long>();
        outcomes.forEach((outcome, count) -> sums.put(outcome, count.sum()));
        return sums;
    }

    /** Tells the clients to end, and waits for them. */
    @Override
    public void close() {
        over = true;
        List<Runnable> _ = clients.shutdownNow();
        clients.close();
    }
}
