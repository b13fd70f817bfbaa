package org.signetmail.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.signetmail.bench.abuse.AbuseRun;
import org.signetmail.bench.directory.DirectoryBench;
import org.signetmail.bench.load.LoadResult;
import org.signetmail.bench.measure.Machine;
import org.signetmail.bench.outage.OutageRun;
import org.signetmail.bench.report.ResultFile;
import org.signetmail.bench.report.Run;
import org.signetmail.bench.report.Table;
import org.signetmail.bench.scenario.Scenario;
import org.signetmail.bench.scenario.Scenarios;
import org.signetmail.local.process.Layout;
import org.signetmail.local.process.PartFailed;
import org.signetmail.local.stack.PortsTaken;

/**
 * {@code ./signet bench [SCENARIO …] [KEY=VALUE …]}: measures the named scenarios one after the other, and shows the table
 * of their figures. {@code ./signet bench abuse|outage|directory [KEY=VALUE …]}: see {@link AbuseRun}, {@link OutageRun},
 * {@link DirectoryBench}. Exit code 1 when a message was answered otherwise than its scenario says or a bound did not hold,
 * 2 when it could not begin.
 */
public final class Bench {
    private static final List<String> BY_DEFAULT = List.of("noop", "accept", "reject");
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
            case "outage" -> {
                System.out.println(Machine.here(Layout.root()));
                yield OutageRun.run(rest, directory, PORT_OFFSET);
            }
            case "directory" -> DirectoryBench.run(rest, PORT_OFFSET);
            default -> measure(arguments);
        };
    }

    private static boolean measure(List<String> arguments) throws IOException, InterruptedException {
        Path home = Layout.root().resolve("deploy/bench");
        Machine machine = Machine.here(Layout.root());
        System.out.println(machine);
        var runs = new ArrayList<Run>();
        for (Scenario scenario : scenarios(new Scenarios(home.resolve("scenarios")), arguments)) {
            System.out.printf("%s: %s%n", scenario.name(), scenario.load());
            Path directory = home.resolve("target/run").resolve(scenario.name());
            Run run = Measurement.of(scenario, directory, PORT_OFFSET);
            runs.add(run);
            complain("warm-up", run.warmUp(), directory);
            complain("measured messages", run.result(), directory);
        }
        System.out.println();
        System.out.println(Table.of(runs));
        System.out.println();
        System.out.println("Result: " + new ResultFile(machine, runs).write(home.resolve("results")));
        return runs.stream().allMatch(Run::allExpected);
    }

    /** All are read before the first is run: a mistake in the last should not show after half an hour. */
    private static List<Scenario> scenarios(Scenarios all, List<String> arguments) throws IOException {
        var names = new ArrayList<String>();
        Map<String, String> overrides = new TreeMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                names.add(argument);
            } else {
                overrides.put(argument.substring(0, equals), argument.substring(equals + 1));
            }
        }
        var scenarios = new ArrayList<Scenario>();
        for (String name : names.isEmpty() ? BY_DEFAULT : names) {
            scenarios.add(all.read(name, overrides));
        }
        return scenarios;
    }

    private static void complain(String phase, LoadResult result, Path directory) {
        if (result.cutShort()) {
            System.err.printf("  %s: the time limit came first, after %d messages%n", phase, result.messages());
        }
        if (!result.unexpected().isEmpty()) {
            System.err.printf("  %s: not as expected (logs in %s):%n", phase, directory);
            result.unexpected().forEach((what, count) -> System.err.printf("  %8d x %s%n", count, what));
        }
    }
}
