package org.signetmail.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.signetmail.bench.load.Latency;
import org.signetmail.bench.load.LoadResult;
import org.signetmail.bench.scenario.Plan;
import org.signetmail.bench.scenario.Scenario;
import org.signetmail.bench.scenario.Scenarios;
import org.signetmail.local.process.Layout;

/** Runs that never were: each took a second, and half a CPU second for 1000 messages. */
final class Runs {
    static final ToDoubleFunction<Run> THROUGHPUT = run -> run.result().messagesPerSecond();
    private static final Latency REPLY = new Latency(1, 10, 20, 30, 40, 50);

    private Runs() {}

    /** A round for each throughput. */
    static List<Run> of(String scenario, int... throughputs) {
        try {
            var scenarios = new Scenarios(Layout.root().resolve("deploy/bench/scenarios"));
            Scenario read =
                    Plan.of(scenarios, List.of(scenario), List.of()).scenarios().getFirst();
            var runs = new ArrayList<Run>();
            for (int throughput : throughputs) {
                runs.add(run(read, runs.size() + 1, throughput));
            }
            return runs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Run run(Scenario scenario, int round, int throughput) {
        return new Run(
                scenario,
                round,
                "2026-01-15T10:00:00Z",
                new LoadResult(throughput, 1, false, Map.of(), Map.of(), REPLY, REPLY, REPLY),
                Map.of(
                        Run.CLIENT,
                        new Cost(8, 8, 8),
                        "mail-store",
                        new Cost(4, 4, 4),
                        "kafka",
                        new Cost(0.2, 0.4, 100),
                        "smtp-edge",
                        new Cost(0.3, 0.6, 100)),
                Map.of(),
                0,
                true,
                Map.of(),
                0);
    }
}
