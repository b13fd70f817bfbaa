package org.signetmail.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.signetmail.bench.load.LoadProcess;
import org.signetmail.bench.load.LoadResult;
import org.signetmail.bench.measure.Sample;
import org.signetmail.bench.report.Run;
import org.signetmail.bench.scenario.Scenario;
import org.signetmail.bench.server.RunningServer;

/**
 * One scenario from start to record: start the server, warm it up, let its queues run empty, measure the messages, and
 * then see how long the work lasts that they left.
 */
final class Measurement {
    private static final long POLL_MILLIS = 250;

    private final Scenario scenario;
    private final RunningServer server;
    private final LoadProcess client;
    private final Map<String, Long> processes;

    private Measurement(Scenario scenario, RunningServer server, LoadProcess client) {
        this.scenario = scenario;
        this.server = server;
        this.client = client;
        processes = new LinkedHashMap<>();
        processes.put(Run.CLIENT, client.pid());
        processes.putAll(server.processes());
    }

    /** Runs a scenario with a server and a client of its own, which end with it. */
    static Run of(Scenario scenario, Path directory, int portOffset) throws IOException, InterruptedException {
        try (RunningServer server = RunningServer.start(scenario, directory, portOffset);
                LoadProcess client = LoadProcess.start()) {
            return new Measurement(scenario, server, client).run();
        }
    }

    private Run run() throws IOException, InterruptedException {
        LoadResult warmUp = client.run(server.port(), scenario.load().withMessages(scenario.warmUp()));
        awaitNothingQueued();
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Sample before = Sample.take(processes);
        LoadResult result = client.run(server.port(), scenario.load());
        Sample replied = Sample.take(processes);
        Map<String, Long> queued = server.queued();
        awaitNothingQueued();
        Sample done = Sample.take(processes);
        return new Run(
                scenario,
                at.toString(),
                warmUp,
                result,
                Run.costs(before, replied, done, Math.max(1, result.messages())),
                queued,
                queued.isEmpty() ? 0 : done.secondsSince(replied),
                replied.otherCoresSince(before));
    }

    private void awaitNothingQueued() throws IOException, InterruptedException {
        long end = System.nanoTime() + scenario.drainSeconds() * 1_000_000_000L;
        while (!server.queued().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
        }
    }
}
