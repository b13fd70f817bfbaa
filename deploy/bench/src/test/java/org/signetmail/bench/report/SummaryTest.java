package org.signetmail.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void ofAnOddNumberOfRoundsTheOneInTheMiddle() {
        Summary summary = only(Runs.of("accept", 300, 100, 900));
        assertEquals(300, summary.median(Runs.THROUGHPUT));
        assertEquals(100, summary.least(Runs.THROUGHPUT));
        assertEquals(900, summary.most(Runs.THROUGHPUT));
    }

    @Test
    void ofAnEvenNumberTheMeanOfTwo() {
        assertEquals(250, only(Runs.of("accept", 300, 100, 900, 200)).median(Runs.THROUGHPUT));
    }

    @Test
    void theSuiteIsWithoutClientAndMailStore() {
        Run run = Runs.of("accept", 100).getFirst();
        assertEquals(0.5, run.suite().cpuPer1000());
        assertEquals(1.0, run.suite().cpuPer1000WithQueue());
    }

    private static Summary only(List<Run> runs) {
        List<Summary> summaries = Summary.of(runs);
        assertEquals(1, summaries.size());
        return summaries.getFirst();
    }
}
