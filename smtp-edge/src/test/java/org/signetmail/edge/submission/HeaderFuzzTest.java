package org.signetmail.edge.submission;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.signetmail.edge.fuzz.Fuzz;

/** A short run; README, Fuzzing, has the long ones. */
class HeaderFuzzTest {

    @Test
    void noHeaderThrowsAndWhatParsesIsUnambiguous() {
        int runs = Math.toIntExact(Fuzz.iterations(200_000));
        int parsed = new HeaderFuzz(Fuzz.seed()).run(runs);
        assertTrue(
                parsed > runs / 20, parsed + " of " + runs + " parsed: the mutations are too wild to prove anything");
    }
}
