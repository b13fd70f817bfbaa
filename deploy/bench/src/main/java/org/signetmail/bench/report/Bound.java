package org.signetmail.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.signetmail.bench.scenario.Bounds;

/**
 * What Signet's figure is to be as a multiple of Postfix's.
 *
 * @param least 0: no lower bound
 * @param most infinite: no upper bound
 */
record Bound(String figure, ToDoubleFunction<Run> value, double least, double most) {
    private static final double ANY = Double.POSITIVE_INFINITY;
    private static final double A_THIRD = 1.0 / 3;

    /** Those of a scenario at a number of connections. */
    static List<Bound> of(Bounds bounds, int connections) {
        return switch (bounds) {
            case NONE -> figures(0, ANY, ANY, ANY);
            case REFUSED -> figures(1, 1, ANY, ANY);
            case ACCEPTED ->
                figures(
                        connections == 50 || connections == 200 ? 3 : 0,
                        A_THIRD,
                        connections == 1 ? 3 : atFiftyAndMore(connections),
                        atFiftyAndMore(connections));
        };
    }

    private static double atFiftyAndMore(int connections) {
        return connections >= 50 ? 1 : ANY;
    }

    private static List<Bound> figures(double throughput, double cpu, double p50, double p99) {
        return List.of(
                new Bound("messages/s", run -> run.result().messagesPerSecond(), throughput, ANY),
                new Bound("CPU s/1000, queued work too", run -> run.suite().cpuPer1000WithQueue(), 0, cpu),
                new Bound(
                        "final reply p50, ms", run -> run.result().finalReply().p50(), 0, p50),
                new Bound(
                        "final reply p99, ms", run -> run.result().finalReply().p99(), 0, p99));
    }

    boolean isOne() {
        return least > 0 || most < ANY;
    }

    boolean holds(double ratio) {
        return ratio >= least && ratio <= most;
    }

    @Override
    public String toString() {
        if (!isOne()) {
            return "none";
        }
        return least > 0
                ? String.format(Locale.ROOT, "at least %.2f", least)
                : String.format(Locale.ROOT, "at most %.2f", most);
    }
}
