package org.signetmail.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.signetmail.bench.scenario.Bounds;

class ComparisonTest {
    @Test
    void nothingIsComparedWithoutThePeer() {
        assertEquals("", Comparison.of(Runs.of("accept", 100)));
    }

    @Test
    void eachBoundIsMarked() {
        List<Run> runs = Stream.concat(Runs.of("accept", 2999).stream(), Runs.of("postfix-accept", 1000).stream())
                .toList();
        List<String> lines = Comparison.of(runs).lines().toList();
        assertEquals(6, lines.size());
        assertTrue(lines.get(2).matches("\\| accept .* 2999.000 .* 1000.000 .* 3.00 \\| at least 3.00 +\\| NO .*"));
        assertTrue(lines.get(3).matches(".*CPU.* 1.00 \\| at most 0.33 +\\| NO .*"));
        assertTrue(lines.get(4).matches(".*p50.* 1.00 \\| at most 1.00 +\\| yes .*"));
        assertTrue(lines.get(5).matches(".*p99.* 1.00 \\| at most 1.00 +\\| yes .*"));
    }

    @Test
    void atOneConnectionOnlyTheMedianReplyAndTheCpuAreBound() {
        List<Bound> bounds = Bound.of(Bounds.ACCEPTED, 1);
        assertEquals(
                List.of("none", "at most 0.33", "at most 3.00", "none"),
                bounds.stream().map(Bound::toString).toList());
    }
}
