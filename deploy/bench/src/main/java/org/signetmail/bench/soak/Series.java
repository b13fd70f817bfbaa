package org.signetmail.bench.soak;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A figure sampled each minute, and whether it is flat: over the whole soak it grows by no more than a tenth of its median,
 * or by what is too little to matter. The first quarter, in which JVMs still warm up and caches fill, does not count.
 *
 * @param slack growth that does not matter
 */
record Series(String name, double slack, List<Double> samples) {
    private static final double A_TENTH = 0.1;
    private static final int A_QUARTER = 4;

    Series {
        samples = List.copyOf(samples);
    }

    /** Growth a minute: the median of the slopes between any two samples (Theil and Sen), which no outlier moves. */
    double slope() {
        List<Double> settled = settled();
        int size = settled.size();
        return median(IntStream.range(0, size)
                .boxed()
                .flatMap(i -> IntStream.range(i + 1, size).mapToObj(j -> (settled.get(j) - settled.get(i)) / (j - i)))
                .sorted()
                .toList());
    }

    double median() {
        return median(settled().stream().sorted().toList());
    }

    /** From the first sample that counts to the last. */
    double growth() {
        return slope() * (settled().size() - 1);
    }

    boolean isFlat() {
        return growth() <= Math.max(slack, A_TENTH * median());
    }

    private List<Double> settled() {
        return samples.subList(samples.size() / A_QUARTER, samples.size());
    }

    private static double median(List<Double> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f | %+.3f | %+.1f | %s |",
                name,
                samples.getFirst(),
                median(),
                samples.getLast(),
                slope(),
                growth(),
                isFlat() ? "yes" : "NO");
    }
}
