package org.signetmail.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.signetmail.bench.abuse.AbuseRun;
import org.signetmail.bench.chaos.ChaosRun;
import org.signetmail.bench.directory.DirectoryBench;
import org.signetmail.bench.measure.Machine;
import org.signetmail.bench.report.Comparison;
import org.signetmail.bench.report.ResultFile;
import org.signetmail.bench.report.Run;
import org.signetmail.bench.report.Table;
import org.signetmail.bench.scenario.Plan;
import org.signetmail.bench.scenario.Scenario;
import org.signetmail.bench.scenario.Scenarios;
import org.signetmail.bench.soak.SoakRun;
import org.signetmail.local.process.Layout;
import org.signetmail.local.process.PartFailed;
import org.signetmail.local.stack.PortsTaken;

/**
 * {@code ./signet bench [SCENARIO …] [KEY=VALUE …]}: measures the named scenarios in turn, and shows the table of their
 * figures. {@code ./signet bench abuse|chaos|soak|directory [KEY=VALUE …]}: see {@link AbuseRun}, {@link ChaosRun}, {@link
 * SoakRun}, {@link DirectoryBench}. Exit code 1 when a message was answered otherwise than its scenario says or a bound did
 * not hold, 2 when it could not begin.
 */
public final class Bench {
    private static final List<String> BY_DEFAULT = List.of("noop", "accept", "reject");
    private static final Path SCENARIOS = Layout.root().resolve("deploy/bench/scenarios");
    private static final int PORT_OFFSET = 10_000;

    private Bench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        try {
            List<String> all = List.of(arguments);
            System.exit(run(all) ? 0 : 1);
        } catch (IllegalArgumentException | PortsTaken | PartFailed e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static boolean run(List<String> arguments) throws IOException, InterruptedException {
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> rest = arguments.stream().skip(1).toList();
        Path directory = Layout.root().resolve("deploy/bench/target/run").resolve(first);
        return switch (first) {
            case "abuse" -> {
                System.out.println(Machine.here(Layout.root()));
                yield AbuseRun.run(rest, directory, PORT_OFFSET);
            }
            case "chaos" -> {
                System.out.println(Machine.here(Layout.root()));
                yield ChaosRun.run(rest, directory, PORT_OFFSET);
            }
            case "soak" -> {
                System.out.println(Machine.here(Layout.root()));
                Scenario mixed = new Scenarios(SCENARIOS).read("mixed", Map.of());
                yield SoakRun.run(rest, mixed, directory, PORT_OFFSET);
            }
            case "directory" -> DirectoryBench.run(rest, PORT_OFFSET);
            default -> measure(arguments);
        };
    }

    private static boolean measure(List<String> arguments) throws IOException, InterruptedException {
        Path home = Layout.root().resolve("deploy/bench");
        Machine machine = Machine.here(Layout.root());
        System.out.println(machine);
        Plan plan = Plan.of(new Scenarios(SCENARIOS), arguments, BY_DEFAULT);
        List<Run> runs = Rounds.of(plan, home.resolve("target/run"), PORT_OFFSET);
        System.out.println();
        System.out.println(Table.of(runs));
        System.out.println();
        String comparison = Comparison.of(runs);
        if (!comparison.isEmpty()) {
            System.out.println(comparison);
            System.out.println();
        }
        System.out.println("Result: " + new ResultFile(machine, runs).write(home.resolve("results")));
        return runs.stream().allMatch(run -> run.result().allExpected());
    }
}
