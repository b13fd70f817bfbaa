package org.signetmail.bench;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.signetmail.bench.abuse.Abuse;
import org.signetmail.bench.abuse.Idle;
import org.signetmail.bench.abuse.OpenFiles;
import org.signetmail.bench.load.LoadProcess;
import org.signetmail.bench.load.LoadResult;
import org.signetmail.bench.measure.EdgeMemory;
import org.signetmail.bench.measure.Sample;
import org.signetmail.bench.report.Run;
import org.signetmail.bench.scenario.Scenario;
import org.signetmail.bench.server.RunningServer;

/**
 * One scenario once, on a server that stands: wait until nothing is queued, measure the messages, and then see how long
 * the work lasts that they left.
 */
final class Measurement {
    private static final long POLL_MILLIS = 250;
    private static final double KIB_PER_MIB = 1024;

    private final Scenario scenario;
    private final RunningServer server;
    private final LoadProcess client;
    private final Map<String, Long> processes;

    Measurement(Scenario scenario, RunningServer server, LoadProcess client) {
        this.scenario = scenario;
        this.server = server;
        this.client = client;
        processes = new LinkedHashMap<>();
        processes.put(Run.CLIENT, client.pid());
        processes.putAll(server.processes());
    }

    Run run(int round) throws IOException, InterruptedException {
        awaitNothingQueued(server, scenario.drainSeconds());
        if (scenario.idle() == 0) {
            return run(round, Map.of());
        }
        OpenFiles.require(scenario.idle());
        Map<String, Double> alone = memory();
        try (Abuse idle = Idle.begin(
                server.door().tlsPort(),
                server.door().trust(),
                scenario.idle(),
                _ -> scenario.load().senders().login())) {
            if (idle.signedIn() < scenario.idle()) {
                System.err.println("  of the idle connections: " + idle.outcomes());
            }
            var each = new LinkedHashMap<String, Double>();
            memory().forEach((kind, mib) ->
                    each.put(kind, (mib - alone.get(kind)) * KIB_PER_MIB / Math.max(1, idle.signedIn())));
            return run(round, each);
        }
    }

    private Run run(int round, Map<String, Double> idleKiB) throws IOException, InterruptedException {
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Sample before = Sample.take(processes);
        LoadResult result = client.run(server.door(), scenario.load());
        Sample replied = Sample.take(processes);
        Map<String, Long> queued = server.queued();
        boolean drained = awaitNothingQueued(server, scenario.drainSeconds());
        Sample done = Sample.take(processes);
        return new Run(
                scenario,
                round,
                at.toString(),
                result,
                Run.costs(before, replied, done, Math.max(1, result.messages())),
                queued,
                queued.isEmpty() ? 0 : done.secondsSince(replied),
                drained,
                idleKiB,
                replied.otherCoresSince(before));
    }

    /** MiB of the whole server, and of the heap of the JVM that holds the connections. */
    private Map<String, Double> memory() throws IOException, InterruptedException {
        var memory = new LinkedHashMap<String, Double>();
        if (server.edge().isPresent()) {
            EdgeMemory edge = EdgeMemory.after(server.edge().getAsLong());
            memory.put("heap", edge.heapMiB());
            memory.put("resident", edge.residentMiB());
        } else {
            memory.put(
                    "resident",
                    Sample.take(server.processes()).processes().values().stream()
                            .mapToDouble(usage -> usage.memoryMiB())
                            .sum());
        }
        return memory;
    }

    /** False when the time limit came first. */
    static boolean awaitNothingQueued(RunningServer server, int seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (!server.queued().isEmpty()) {
            if (System.nanoTime() > end) {
                System.err.printf("  after %d s still queued: %s%n", seconds, server.queued());
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }
}
