package org.signetmail.edge.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A short run; README, Fuzzing, has the long ones. */
class WholeSessionFuzzTest {
    private static final long LINES_IN_THE_TESTS = 100_000;

    @Test
    void nothingIsGrantedOutOfOrderAndContentIsWhatWasSent() throws Exception {
        long lines = Fuzz.iterations(LINES_IN_THE_TESTS);
        long begin = System.nanoTime();
        var fuzz = new SessionFuzz(Fuzz.seed());
        long sessions = fuzz.run(lines);
        System.out.printf(
                "%,d lines in %,d sessions, %,d messages accepted, seed %d, %,d s%n",
                lines, sessions, fuzz.messages(), Fuzz.seed(), (System.nanoTime() - begin) / 1_000_000_000);
        assertTrue(fuzz.messages() > lines / 200, "too few messages are accepted to prove anything");
    }
}
