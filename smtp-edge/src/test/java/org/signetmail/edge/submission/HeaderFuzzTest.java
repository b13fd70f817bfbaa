package org.signetmail.edge.submission;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A short run with a fixed seed; {@code -Dsignet.fuzz.runs=N -Dsignet.fuzz.seed=N} for longer ones. */
class HeaderFuzzTest {

    @Test
    void noHeaderThrowsAndWhatParsesIsUnambiguous() {
        int runs = Integer.getInteger("signet.fuzz.runs", 200_000);
        int parsed = new HeaderFuzz(Long.getLong("signet.fuzz.seed", 1)).run(runs);
        assertTrue(
                parsed > runs / 20, parsed + " of " + runs + " parsed: the mutations are too wild to prove anything");
    }
}
