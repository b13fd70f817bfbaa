package org.signetmail.bench.directory;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.signetmail.bench.load.Latency;
import org.signetmail.bench.scenario.Senders;

/** What policy-service asks of accounts it does not remember: the originators of one after the other, by chance. */
record Questions(DirectoryClient client, int connections) {
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);
    private static final int DIGITS = 3;

    /** Asks that many questions about the first accounts. */
    Latency ask(int questions, int accounts) throws IOException, InterruptedException {
        var times = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ExecutorCompletionService<Void>(threads);
            for (int i = 0; i < connections; i++) {
                var unused = done.submit(() -> ask(questions / connections, accounts, times));
            }
            for (int i = 0; i < connections; i++) {
                done.take().get();
            }
        } catch (ExecutionException e) {
            throw new IOException("A question failed", e.getCause());
        }
        return Latency.of(times);
    }

    private Void ask(int questions, int accounts, ConcurrentHistogram times) throws IOException, InterruptedException {
        for (int i = 0; i < questions; i++) {
            String login = Senders.login(ThreadLocalRandom.current().nextInt(accounts));
            long begin = System.nanoTime();
            client.originators(login);
            times.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
        }
        return null;
    }
}
