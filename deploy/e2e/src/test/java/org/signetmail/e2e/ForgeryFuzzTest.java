package org.signetmail.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.signetmail.edge.fuzz.Fuzz;

/** A short run; smtp-edge/README.md, Fuzzing, has the long ones. */
class ForgeryFuzzTest {
    private static final long MESSAGES_IN_THE_TESTS = 5_000;

    @Test
    void noReaderSeesSomebodyElseInWhatIsAccepted() throws Exception {
        long messages = Fuzz.iterations(MESSAGES_IN_THE_TESTS);
        long begin = System.nanoTime();
        var fuzz = new ForgeryFuzz(Fuzz.seed());
        fuzz.run(messages);
        System.out.printf(
                "%,d messages, %,d accepted, seed %d, %,d s%n",
                messages, fuzz.accepted(), Fuzz.seed(), (System.nanoTime() - begin) / 1_000_000_000);
        assertTrue(fuzz.accepted() > messages / 100, "too few messages are accepted to prove anything");
    }
}
