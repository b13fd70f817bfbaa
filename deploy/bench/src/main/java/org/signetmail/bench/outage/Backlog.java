package org.signetmail.bench.outage;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The mail for the destination that is down: submitted over SMTP, each answered 250, and counted where it arrives. */
final class Backlog {
    private final int told;
    private final AtomicIntegerArray copies;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger distinct = new AtomicInteger();

    /** @param told the last so many have a sender that is to be told of the delay */
    Backlog(int messages, int told) {
        this.told = told;
        copies = new AtomicIntegerArray(messages);
    }

    void arrived(int number) {
        if (copies.incrementAndGet(number) == 1) {
            distinct.incrementAndGet();
        }
    }

    /** Submits messages by number, and returns when all are answered. */
    void submit(int port, int connections, int from, int to) throws IOException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ExecutorCompletionService<Void>(threads);
            var next = new AtomicInteger(from);
            for (int i = 0; i < connections; i++) {
                done.submit(() -> {
                    submitAll(port, next, to);
                    return null;
                });
            }
            for (int i = 0; i < connections; i++) {
                done.take().get();
            }
        } catch (ExecutionException e) {
            throw new IOException("Mail for the destination that is down", e.getCause());
        }
    }

    private void submitAll(int port, AtomicInteger next, int to) throws IOException {
        try (Sender sender = Sender.open(port)) {
            for (int number = next.getAndIncrement(); number < to; number = next.getAndIncrement()) {
                long _ = sender.submit(
                        number, "bob@away.test", number >= copies.length() - told ? "FAILURE,DELAY" : "FAILURE");
                answered.incrementAndGet();
            }
        }
    }

    int answered() {
        return answered.get();
    }

    /** Different messages that have arrived. */
    int delivered() {
        return distinct.get();
    }

    /** Messages that came more than once. */
    long repeated() {
        long repeated = 0;
        for (int number = 0; number < copies.length(); number++) {
            repeated += copies.get(number) > 1 ? 1 : 0;
        }
        return repeated;
    }
}
