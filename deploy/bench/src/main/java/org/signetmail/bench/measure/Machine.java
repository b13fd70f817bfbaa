package org.signetmail.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where figures were taken, without which they say nothing.
 *
 * @param commit of the checkout, with "+" when files were changed since
 * @param loadAverage of the last minute before the run; what is in it besides the benchmark distorts the figures
 */
public record Machine(
        int cores, long memoryMiB, String cpu, String system, String jdk, String commit, double loadAverage) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final long OCTETS_PER_MIB = 1 << 20;

    public static Machine here(Path checkout) throws IOException {
        var beans = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                beans.getTotalMemorySize() / OCTETS_PER_MIB,
                cpuModel(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"),
                revision(checkout),
                beans.getSystemLoadAverage());
    }

    private static String cpuModel() throws IOException {
        if (Files.notExists(CPUINFO)) {
            return "unknown";
        }
        return Files.readAllLines(CPUINFO).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("unknown");
    }

    private static String revision(Path checkout) throws IOException {
        String commit = git(checkout, List.of("rev-parse", "--short=12", "HEAD"));
        return git(checkout, List.of("status", "--porcelain", "--untracked-files=no"))
                        .isEmpty()
                ? commit
                : commit + "+";
    }

    private static String git(Path checkout, List<String> arguments) throws IOException {
        var builder = new ProcessBuilder("git", "-C", checkout.toString()).redirectErrorStream(true);
        builder.command().addAll(arguments);
        try {
            Process git = builder.start();
            String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor() == 0 ? output : "unknown";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
