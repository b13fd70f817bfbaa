package org.signetmail.notifier.config;

import java.time.Duration;

/** Pauses between attempts: the first doubles up to the limit. One per thread that waits. */
public final class Backoff {
    private final Duration initial;
    private final Duration limit;
    private Duration next;

    public Backoff(NotifierConfig.Retry retry) {
        this.initial = retry.initial();
        this.limit = retry.limit();
        this.next = initial;
    }

    /** Waits for the next pause; an interrupt ends it and is left set. */
    public void pause() throws Interrupted {
        try {
            Thread.sleep(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Interrupted(e);
        }
        next = next.multipliedBy(2).compareTo(limit) < 0 ? next.multipliedBy(2) : limit;
    }

    /** Begins again with the first pause. */
    public void reset() {
        next = initial;
    }

    /** The service stops; what was being retried is left to the next one. */
    public static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Interrupted(InterruptedException cause) {
            super("Stopped while waiting for a dependency", cause);
        }
    }
}
