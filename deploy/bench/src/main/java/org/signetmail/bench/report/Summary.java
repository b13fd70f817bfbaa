package org.signetmail.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.signetmail.bench.scenario.Scenario;

/** All rounds of one scenario, as one column of the table. */
record Summary(Scenario scenario, List<Run> runs) {
    /** One for each scenario, in the order of their first runs. */
    static List<Summary> of(List<Run> runs) {
        var byScenario = new LinkedHashMap<Scenario, List<Run>>();
        runs.forEach(run -> byScenario
                .computeIfAbsent(run.scenario(), _ -> new ArrayList<>())
                .add(run));
        return byScenario.entrySet().stream()
                .map(entry -> new Summary(entry.getKey(), List.copyOf(entry.getValue())))
                .toList();
    }

    /** Of an even number the mean of the two in the middle. */
    double median(ToDoubleFunction<Run> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least(ToDoubleFunction<Run> figure) {
        return runs.stream().mapToDouble(figure).min().orElseThrow();
    }

    double most(ToDoubleFunction<Run> figure) {
        return runs.stream().mapToDouble(figure).max().orElseThrow();
    }
}
