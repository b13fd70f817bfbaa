package org.signetmail.bench.scenario;

/** Which bounds a scenario of Signet is held to beside the same scenario of Postfix. */
public enum Bounds {
    /** It is shown beside Postfix, and that is all. */
    NONE,
    /** Accepted mail: three times the throughput at a third of the CPU, replies no later. */
    ACCEPTED,
    /** Refused mail: as many a second, at no more CPU. */
    REFUSED
}
