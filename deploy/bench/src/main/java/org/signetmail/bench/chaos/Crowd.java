package org.signetmail.bench.chaos;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.signetmail.bench.chaos.Sent.Answer;

/** Clients that submit steadily until they are told to stop. Each tenth message is forged. */
final class Crowd implements AutoCloseable {
    private static final int FORGED_EVERY = 10;
    private static final int OF_A_CONNECTION = 20;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();
    private final String phase;
    private final int port;
    private final long pauseMillis;
    private volatile boolean over;

    /** @param phase what the ids of all messages begin with */
    Crowd(String phase, int port, int clients, int rate) {
        this.phase = phase;
        this.port = port;
        this.pauseMillis = 1000L * clients / rate;
        for (int i = 0; i < clients; i++) {
            var _ = threads.submit(() -> {
                submitUntilOver();
                return null;
            });
        }
    }

    /** Lets each client wait for the reply to its last message. */
    List<Sent> stop() throws InterruptedException {
        over = true;
        threads.shutdown();
        if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("A client waits for its reply for two minutes");
        }
        return List.copyOf(sent);
    }

    private void submitUntilOver() throws InterruptedException {
        while (!over) {
            try (Client client = Client.open(port)) {
                Answer answer = Answer.ACCEPTED;
                for (int i = 0; i < OF_A_CONNECTION && !over && answer != Answer.NONE; i++) {
                    Thread.sleep(pauseMillis);
                    int next = number.incrementAndGet();
                    boolean forged = next % FORGED_EVERY == 0;
                    String id = phase + "-" + next;
                    answer = client.submit(id, forged);
                    sent.add(new Sent(id, forged, answer));
                }
            } catch (IOException e) {
                Thread.sleep(pauseMillis); // Not connected, not signed in, or not let begin: no message was sent.
            }
        }
    }

    @Override
    public void close() {
        over = true;
        List<Runnable> _ = threads.shutdownNow();
        threads.close();
    }
}
