package org.signetmail.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory of the edge at one moment.
 *
 * @param heapMiB that is in use after a collection
 * @param residentMiB of the process
 */
public record EdgeMemory(double heapMiB, double residentMiB) {
    private static final double KIB_PER_MIB = 1024;
    private static final Pattern USED = Pattern.compile("used ([0-9]+)K");

    /** Has the edge collect its garbage first. */
    public static EdgeMemory after(long pid) throws IOException, InterruptedException {
        var _ = jcmd(pid, "GC.run");
        double heap = usedKiB(jcmd(pid, "GC.heap_info")) / KIB_PER_MIB;
        return new EdgeMemory(
                heap, Sample.take(Map.of("edge", pid)).processes().get("edge").memoryMiB());
    }

    /** Of all generations: G1 has one line for them, the serial collector one for each; Metaspace is no heap. */
    static double usedKiB(String heapInfo) throws IOException {
        double sum = 0;
        boolean found = false;
        for (String line : heapInfo.lines().toList()) {
            Matcher used = USED.matcher(line);
            boolean ofHeap = !line.contains("Metaspace") && !line.contains("class space");
            if (ofHeap && line.contains("total") && used.find()) {
                sum += Double.parseDouble(used.group(1));
                found = true;
            }
        }
        if (!found) {
            throw new IOException("jcmd says nothing about the heap: " + heapInfo);
        }
        return sum;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + command + ": " + output);
        }
        return output;
    }
}
