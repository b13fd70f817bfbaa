package org.signetmail.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.signetmail.bench.load.LoadProcess;
import org.signetmail.bench.load.LoadResult;
import org.signetmail.bench.report.Run;
import org.signetmail.bench.scenario.Installation;
import org.signetmail.bench.scenario.Plan;
import org.signetmail.bench.scenario.Scenario;
import org.signetmail.bench.server.RunningServer;

/**
 * Scenarios measured in turn, A B A B …, so that what changes on the machine meanwhile touches all of them alike. All
 * servers stand from the beginning; scenarios with equal installations share one.
 */
final class Rounds implements AutoCloseable {
    /** Up to nine stacks have no port in common: none of the ports of one lie a multiple of this apart, below a thousand. */
    private static final int PORTS_APART = 100;

    private final Map<Installation, RunningServer> servers = new LinkedHashMap<>();
    private final LoadProcess client;

    private Rounds(LoadProcess client) {
        this.client = client;
    }

    /** Every run of every round, in the order in which they were. */
    static List<Run> of(Plan plan, Path directory, int portOffset) throws IOException, InterruptedException {
        try (var rounds = new Rounds(LoadProcess.start())) {
            rounds.start(plan, directory, portOffset);
            rounds.warmUp(plan);
            var runs = new ArrayList<Run>();
            for (int round = 1; round <= plan.rounds(); round++) {
                for (Scenario scenario : plan.scenarios()) {
                    Run run = rounds.measure(scenario, round);
                    System.out.printf("round %d, %s%n", round, run.summary());
                    runs.add(run);
                }
            }
            return runs;
        }
    }

    private void start(Plan plan, Path directory, int portOffset) throws IOException, InterruptedException {
        for (Scenario scenario : plan.scenarios()) {
            Installation installation = scenario.installation();
            if (!servers.containsKey(installation)) {
                String name = installation.label() + "-" + (servers.size() + 1);
                System.out.printf("%s for %s%n", name, scenario);
                int ports = portOffset + PORTS_APART * servers.size();
                servers.put(installation, RunningServer.start(installation, directory.resolve(name), ports));
            }
        }
    }

    /** Each scenario once, with the most connections of its variants. */
    private void warmUp(Plan plan) throws IOException, InterruptedException {
        var widest = new LinkedHashMap<List<Object>, Scenario>();
        for (Scenario scenario : plan.scenarios()) {
            widest.merge(
                    List.of(scenario.name(), scenario.installation()),
                    scenario,
                    (one, other) -> List.of(one, other).stream()
                            .max(Comparator.comparing(either -> either.load().connections()))
                            .orElseThrow());
        }
        for (Scenario scenario : widest.values()) {
            RunningServer server = servers.get(scenario.installation());
            System.out.println("warm-up: " + scenario.name());
            LoadResult result =
                    client.run(server.door(), scenario.load().closed().withMessages(scenario.warmUp()));
            if (!result.unexpected().isEmpty()) {
                System.err.printf("  not as expected (logs in %s): %s%n", server.directory(), result.unexpected());
            }
            Measurement.awaitNothingQueued(server, scenario.drainSeconds());
        }
    }

    private Run measure(Scenario scenario, int round) throws IOException, InterruptedException {
        RunningServer server = servers.get(scenario.installation());
        Run run = new Measurement(scenario, server, client).run(round);
        if (run.result().cutShort()) {
            System.err.printf(
                    "  %s: the time limit came first, after %d messages%n",
                    scenario, run.result().messages());
        }
        if (!run.result().unexpected().isEmpty()) {
            System.err.printf("  %s: not as expected (logs in %s):%n", scenario, server.directory());
            run.result().unexpected().forEach((what, count) -> System.err.printf("  %8d x %s%n", count, what));
        }
        return run;
    }

    @Override
    public void close() throws IOException {
        client.close();
        for (RunningServer server : List.copyOf(servers.values()).reversed()) {
            server.close();
        }
    }
}
