package org.signetmail.policy.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.signetmail.local.broker.LocalBroker;

/**
 * Three pods on a real broker, 10,000 changes, and a broker that stops in the middle: no verdict uses a version that was
 * overtaken more than a second before it was asked for; and a hot account costs no call.
 */
@Timeout(120)
class ThreePodsTest {
    private static final int PODS = 3;
    private static final int CHANGES = 10_000;
    private static final int PAUSE_AT = 3_000;
    private static final int CHANGES_WHILE_PAUSED = 1_000;
    private static final List<String> ACCOUNTS =
            IntStream.range(0, 50).mapToObj(i -> "account" + i).toList();
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void noVerdictIsOlderThanItsPromise(@TempDir Path data) throws Exception {
        try (LocalBroker broker = LocalBroker.start(data);
                var directory = new ChangingDirectory(broker.bootstrapServers(), ACCOUNTS)) {
            List<PodCache> pods = IntStream.range(0, PODS)
                    .mapToObj(_ -> new PodCache(broker.bootstrapServers(), directory, ACCOUNTS.size()))
                    .toList();
            await(() -> allAnswerWithoutACall(pods, directory), "the caches answer");

            List<Thread> threads = new ArrayList<>();
            pods.forEach(pod -> threads.add(Thread.ofPlatform().start(() -> ask(pod))));
            Thread writer = Thread.ofPlatform().start(() -> change(directory));

            await(() -> changes.get() >= PAUSE_AT, "changes");
            broker.process().pause();
            try {
                List<Long> before = pods.stream().map(PodCache::bypasses).toList();
                int changedBefore = changes.get();
                await(
                        () -> IntStream.range(0, PODS).allMatch(i -> pods.get(i).bypasses() > before.get(i))
                                && changes.get() >= changedBefore + CHANGES_WHILE_PAUSED,
                        "no pod trusts its cache while the feed is still");
            } finally {
                broker.process().resume();
            }

            writer.join();
            assertEquals(CHANGES, changes.get());
            await(() -> allAnswerWithoutACall(pods, directory), "the caches answer again");
            ended.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            for (PodCache pod : pods) {
                assertEquals(List.of(), pod.faults());
                assertTrue(pod.lookups() > CHANGES, () -> "look-ups: " + pod.lookups());
                pod.close();
            }
        }
    }

    /** In a round over all accounts, whose versions are the newest. */
    private static boolean allAnswerWithoutACall(List<PodCache> pods, ChangingDirectory directory) {
        long before = directory.calls();
        boolean newest = true;
        for (PodCache pod : pods) {
            for (String account : ACCOUNTS) {
                newest &= directory.overtaken(account, pod.version(account)).isEmpty();
            }
        }
        return newest && directory.calls() == before;
    }

    private void ask(PodCache pod) {
        while (!ended.get()) {
            var _ = pod.version(ACCOUNTS.get(ThreadLocalRandom.current().nextInt(ACCOUNTS.size())));
            LockSupport.parkNanos(20_000);
        }
    }

    private void change(ChangingDirectory directory) {
        while (changes.get() < CHANGES) {
            directory.change(ACCOUNTS.get(ThreadLocalRandom.current().nextInt(ACCOUNTS.size())));
            changes.incrementAndGet();
            LockSupport.parkNanos(500_000);
        }
    }

    private static void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "Not in time: " + what);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
