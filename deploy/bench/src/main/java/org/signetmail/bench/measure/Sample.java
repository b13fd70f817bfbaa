package org.signetmail.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each process, and the machine as a whole, had used at one moment.
 *
 * @param machineCpuSeconds of all processes of the machine; 0 where the system does not tell
 */
public record Sample(long nanos, Map<String, Usage> processes, double machineCpuSeconds) {
    private static final Path STAT = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;

    /** Fields of the line "cpu" that are work: not idle and iowait, nor guest time, which user time contains (proc(5)). */
    private static final List<Integer> WORK = List.of(1, 2, 3, 6, 7, 8);

    /** Takes a sample of processes by name. */
    public static Sample take(Map<String, Long> pids) throws IOException {
        var usages = new LinkedHashMap<String, Usage>();
        for (Map.Entry<String, Long> process : pids.entrySet()) {
            usages.put(process.getKey(), Usage.of(process.getValue()));
        }
        return new Sample(System.nanoTime(), usages, machine());
    }

    /** CPU seconds of a process between an earlier sample and this one. */
    public double cpuSince(Sample earlier, String process) {
        return processes.get(process).cpuSeconds()
                - earlier.processes.get(process).cpuSeconds();
    }

    /** Cores that others than the processes of this sample kept busy since an earlier one. */
    public double otherCoresSince(Sample earlier) {
        double measured = processes.keySet().stream()
                .mapToDouble(process -> cpuSince(earlier, process))
                .sum();
        double others = machineCpuSeconds - earlier.machineCpuSeconds - measured;
        return Math.max(0, others / secondsSince(earlier));
    }

    public double secondsSince(Sample earlier) {
        return (nanos - earlier.nanos) / 1e9;
    }

    private static double machine() throws IOException {
        if (Files.notExists(STAT)) {
            return 0;
        }
        String all = Files.readAllLines(STAT).getFirst();
        List<String> fields = List.of(all.split(" +", -1));
        return WORK.stream().map(fields::get).mapToLong(Long::parseLong).sum() / TICKS_PER_SECOND;
    }
}
