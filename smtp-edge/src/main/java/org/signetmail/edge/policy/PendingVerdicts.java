package org.signetmail.edge.policy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Matches verdicts to the sessions that wait for them. A question is registered before it is sent, every wait is
 * bounded, and closing removes it, so a verdict that comes late finds nobody and has no effect.
 */
final class PendingVerdicts {
    private final Map<String, CompletableFuture<VerdictEvent>> pending = new ConcurrentHashMap<>();

    Pending register(String submissionId) {
        var verdict = new CompletableFuture<VerdictEvent>();
        pending.put(submissionId, verdict);
        return new Pending(submissionId, verdict);
    }

    /** Hands a verdict to whoever waits; false when nobody does. */
    boolean complete(VerdictEvent verdict) {
        CompletableFuture<VerdictEvent> waiting = pending.get(verdict.submissionId());
        return waiting != null && waiting.complete(verdict);
    }

    int size() {
        return pending.size();
    }

    /** One registered question. */
    final class Pending implements AutoCloseable {
        private final String submissionId;
        private final CompletableFuture<VerdictEvent> verdict;

        private Pending(String submissionId, CompletableFuture<VerdictEvent> verdict) {
            this.submissionId = submissionId;
            this.verdict = verdict;
        }

        /** The question never left; whoever waits need not wait longer. */
        void failed(Throwable cause) {
            verdict.completeExceptionally(cause);
        }

        /** The verdict, or empty when none came in time or the question never left. */
        Optional<VerdictEvent> await(Duration limit) {
            try {
                return Optional.of(verdict.get(limit.toNanos(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException | ExecutionException _) {
                return Optional.empty();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }

        @Override
        public void close() {
            pending.remove(submissionId, verdict);
        }
    }
}
