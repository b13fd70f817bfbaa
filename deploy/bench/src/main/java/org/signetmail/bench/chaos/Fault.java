package org.signetmail.bench.chaos;

import java.util.Locale;

/** What is done to a part. */
enum Fault {
    /** SIGKILL; started again later. */
    KILL,
    /** SIGSTOP; SIGCONT later. */
    STOP,
    /** Nothing of the network reaches it or leaves it. */
    CUT,
    /** Everything on the network takes longer to it and from it. */
    DELAY;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
