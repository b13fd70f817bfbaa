package org.signetmail.bench.load;

import org.HdrHistogram.AbstractHistogram;

/** Times of one kind, in milliseconds. */
public record Latency(long count, double p50, double p90, double p99, double p999, double max) {
    private static final double MICROS = 1000;

    /** Of a histogram in microseconds. */
    public static Latency of(AbstractHistogram histogram) {
        return new Latency(
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50) / MICROS,
                histogram.getValueAtPercentile(90) / MICROS,
                histogram.getValueAtPercentile(99) / MICROS,
                histogram.getValueAtPercentile(99.9) / MICROS,
                histogram.getMaxValue() / MICROS);
    }
}
