package org.signetmail.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process and all its descendants have used (PostgreSQL is a process per connection).
 *
 * @param cpuSeconds since their start, children included that have ended
 * @param memoryMiB resident; what several of them share is counted once. 0 where the system does not tell
 */
public record Usage(double cpuSeconds, double memoryMiB) {
    private static final Path PROC = Path.of("/proc");
    /** proc(5): the unit of times in stat. USER_HZ is 100 on every architecture that a JDK 25 runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final double KIB_PER_MIB = 1024;
    private static final String SHARE = "Pss:";

    static Usage of(long pid) throws IOException {
        List<ProcessHandle> tree = ProcessHandle.of(pid).stream()
                .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
                .toList();
        if (tree.isEmpty()) {
            throw new IOException("Process " + pid + " has ended");
        }
        double cpu = 0;
        double memory = 0;
        for (ProcessHandle process : tree) {
            Path proc = PROC.resolve(Long.toString(process.pid()));
            try {
                cpu += cpu(process, proc);
                memory += memory(proc);
            } catch (NoSuchFileException e) {
                // It ended a moment ago: from now on its time is in its parent's cutime.
            }
        }
        return new Usage(cpu, memory);
    }

    private static double cpu(ProcessHandle process, Path proc) throws IOException {
        if (Files.notExists(PROC.resolve("self/stat"))) {
            return process.info().totalCpuDuration().map(Usage::seconds).orElse(0.0);
        }
        String stat = Files.readString(proc.resolve("stat"));
        // The name, field 2, may hold anything; behind its bracket stand field 3 and those after it.
        List<String> fields =
                List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1));
        long ticks = fields.subList(14 - 3, 17 - 3 + 1).stream() // utime, stime, cutime, cstime
                .mapToLong(Long::parseLong)
                .sum();
        return ticks / TICKS_PER_SECOND;
    }

    private static double memory(Path proc) throws IOException {
        Path rollup = proc.resolve("smaps_rollup");
        if (Files.notExists(rollup)) {
            return 0;
        }
        Optional<String> share = Files.readAllLines(rollup).stream()
                .filter(line -> line.startsWith(SHARE))
                .findFirst();
        return share.map(line -> line.replaceAll("\\D", ""))
                        .map(Double::parseDouble)
                        .orElse(0.0)
                / KIB_PER_MIB;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / (double) Duration.ofSeconds(1).toNanos();
    }
}
