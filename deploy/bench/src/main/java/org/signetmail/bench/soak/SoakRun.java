package org.signetmail.bench.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.signetmail.bench.load.LoadProcess;
import org.signetmail.bench.load.LoadResult;
import org.signetmail.bench.measure.EdgeMemory;
import org.signetmail.bench.measure.Sample;
import org.signetmail.bench.scenario.Load;
import org.signetmail.bench.scenario.Scenario;
import org.signetmail.bench.server.RunningServer;
import org.signetmail.local.stack.Part;

/**
 * {@code ./signet bench soak [KEY=VALUE …]}: mail of which a tenth is forged, at half of the rate that a closed loop
 * reaches, as an open loop. Memory and latency are sampled each minute. It is passed when every message was answered as it
 * should be and each {@link Series} is flat.
 */
public final class SoakRun {
    private static final int MINUTE = 60;
    /** An open loop that falls behind is not cut off by the minute. */
    private static final int LIMIT_SECONDS = 600;

    private static final double MEMORY_SLACK_MIB = 16;
    private static final double LATENCY_SLACK_MILLIS = 5;

    private final SoakSettings settings;
    private final Scenario mixed;
    private final RunningServer server;
    private final LoadProcess client;
    private final Map<String, List<Double>> samples = new LinkedHashMap<>();
    private final Map<String, Long> unexpected = new LinkedHashMap<>();

    private SoakRun(SoakSettings settings, Scenario mixed, RunningServer server, LoadProcess client) {
        this.settings = settings;
        this.mixed = mixed;
        this.server = server;
        this.client = client;
    }

    /** Gives whether all stayed flat. */
    public static boolean run(List<String> arguments, Scenario mixed, Path directory, int portOffset)
            throws IOException, InterruptedException {
        SoakSettings settings = SoakSettings.of(arguments);
        System.out.println(settings);
        try (RunningServer server = RunningServer.start(mixed.installation(), directory, portOffset);
                LoadProcess client = LoadProcess.start()) {
            return new SoakRun(settings, mixed, server, client).run();
        }
    }

    private boolean run() throws IOException, InterruptedException {
        Load closed = mixed.load().withConnections(settings.connections()).within(LIMIT_SECONDS);
        note(client.run(server.door(), closed.withMessages(settings.warmUp())));
        int rate = settings.rate() > 0 ? settings.rate() : half(closed);
        System.out.println("minutes at " + rate + " messages/s");
        for (int minute = 1; minute <= settings.minutes(); minute++) {
            LoadResult result = client.run(server.door(), closed.atRate(rate, MINUTE));
            note(result);
            sample(result);
            System.out.printf(
                    Locale.ROOT,
                    "%s minute %d: %d messages, from the time when they were due p50 %.1f ms, p99 %.1f ms%n",
                    LocalTime.now().truncatedTo(ChronoUnit.SECONDS),
                    minute,
                    result.messages(),
                    result.transaction().p50(),
                    result.transaction().p99());
        }
        return report();
    }

    private int half(Load closed) throws IOException {
        int most = 1_000_000;
        LoadResult peak = client.run(server.door(), closed.withMessages(most).within(settings.peakSeconds()));
        note(peak);
        System.out.printf(Locale.ROOT, "peak: %.0f messages/s%n", peak.messagesPerSecond());
        return Math.max(1, (int) (peak.messagesPerSecond() / 2));
    }

    private void sample(LoadResult result) throws IOException, InterruptedException {
        add("transaction p50, ms", result.transaction().p50());
        add("transaction p99, ms", result.transaction().p99());
        for (var process : server.processes().entrySet()) {
            if (process.getKey().equals(Part.POSTGRESQL.label())) {
                add(
                        "resident, MiB: " + process.getKey(),
                        Sample.take(Map.of(process.getKey(), process.getValue()))
                                .processes()
                                .get(process.getKey())
                                .memoryMiB());
            } else {
                EdgeMemory memory = EdgeMemory.after(process.getValue());
                add("heap after collection, MiB: " + process.getKey(), memory.heapMiB());
                add("resident, MiB: " + process.getKey(), memory.residentMiB());
            }
        }
    }

    private void add(String name, double value) {
        samples.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    private void note(LoadResult result) {
        result.unexpected().forEach((what, count) -> unexpected.merge(what, count, Long::sum));
    }

    private boolean report() {
        List<Series> all = samples.entrySet().stream()
                .map(entry -> new Series(
                        entry.getKey(),
                        entry.getKey().endsWith("ms") ? LATENCY_SLACK_MILLIS : MEMORY_SLACK_MIB,
                        entry.getValue()))
                .toList();
        System.out.println();
        System.out.println("| figure | first | median | last | slope a minute | growth | flat |");
        System.out.println("|---|--:|--:|--:|--:|--:|---|");
        all.forEach(series -> System.out.println(series.row()));
        unexpected.forEach((what, count) -> System.out.printf("  %8d x %s%n", count, what));
        return unexpected.isEmpty() && all.stream().allMatch(Series::isFlat);
    }
}
