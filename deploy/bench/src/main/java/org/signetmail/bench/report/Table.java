package org.signetmail.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Scenarios side by side, a line a figure, medians over the rounds: Markdown, so that it can be put into the README as it
 * is. A table for each variant.
 */
public final class Table {
    private static final int FIRST = 44;
    private static final int OTHERS = 15;
    private static final String NONE = "-";

    private final List<Summary> columns;
    private final List<String> lines = new ArrayList<>();

    private Table(List<Summary> columns) {
        this.columns = columns;
    }

    public static String of(List<Run> runs) {
        var byVariant = new LinkedHashMap<String, List<Summary>>();
        Summary.of(runs)
                .forEach(summary -> byVariant
                        .computeIfAbsent(summary.scenario().variantText(), _ -> new ArrayList<>())
                        .add(summary));
        return byVariant.values().stream()
                .map(columns -> new Table(columns).text())
                .collect(Collectors.joining("\n\n"));
    }

    private String text() {
        texts(
                columns.getFirst().scenario().variantText(),
                summary -> summary.scenario().name());
        lines.add("|" + "-".repeat(FIRST + 2) + "|" + ("-".repeat(OTHERS + 1) + ":|").repeat(columns.size()));
        texts("rounds", summary -> Integer.toString(summary.runs().size()));
        numbers("messages", "%.0f", run -> run.result().messages());
        numbers("messages/s", "%.0f", run -> run.result().messagesPerSecond());
        texts("messages/s, least - most", Table::range);
        numbers("final reply p50, ms", "%.2f", run -> run.result().finalReply().p50());
        numbers("final reply p99, ms", "%.2f", run -> run.result().finalReply().p99());
        numbers("transaction p50, ms", "%.2f", run -> run.result().transaction().p50());
        numbers("transaction p99, ms", "%.2f", run -> run.result().transaction().p99());
        numbers("sign-in p50, ms", "%.2f", run -> run.result().signIn().p50());
        numbers("sign-in p99, ms", "%.2f", run -> run.result().signIn().p99());
        Set<String> processes = keys(Run::costs);
        processes.forEach(process -> where(
                "CPU s/1000: " + process,
                "%.3f",
                Run::costs,
                process,
                run -> cost(run, process).cpuPer1000()));
        numbers(
                "CPU s/1000: all but client and mail store",
                "%.3f",
                run -> run.suite().cpuPer1000());
        numbers("the same with the queued work", "%.3f", run -> run.suite().cpuPer1000WithQueue());
        keys(Run::queued)
                .forEach(queue -> numbers(
                        "queued at the last reply: " + queue,
                        "%.0f",
                        run -> run.queued().getOrDefault(queue, 0L)));
        numbers("queue empty after, s", "%.1f", Run::queueSeconds);
        processes.forEach(process -> where(
                "memory, MiB: " + process,
                "%.0f",
                Run::costs,
                process,
                run -> cost(run, process).memoryMiB()));
        keys(Run::idleKiB)
                .forEach(kind -> where(
                        "an idle connection, KiB " + kind,
                        "%.1f",
                        Run::idleKiB,
                        kind,
                        run -> run.idleKiB().get(kind)));
        numbers("cores taken by others", "%.2f", Run::otherCores);
        return String.join("\n", lines);
    }

    private <V> Set<String> keys(Function<Run, Map<String, V>> map) {
        return columns.stream()
                .flatMap(summary -> summary.runs().stream())
                .flatMap(run -> map.apply(run).keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void texts(String figure, Function<Summary, String> value) {
        lines.add(("| %-" + FIRST + "s |").formatted(figure)
                + columns.stream()
                        .map(summary -> (" %" + OTHERS + "s |").formatted(value.apply(summary)))
                        .collect(Collectors.joining()));
    }

    private void numbers(String figure, String format, ToDoubleFunction<Run> value) {
        texts(figure, summary -> String.format(Locale.ROOT, format, summary.median(value)));
    }

    /** A figure that only those have whose map has the key. */
    private <V> void where(
            String figure, String format, Function<Run, Map<String, V>> map, String key, ToDoubleFunction<Run> value) {
        texts(
                figure,
                summary -> map.apply(summary.runs().getFirst()).containsKey(key)
                        ? String.format(Locale.ROOT, format, summary.median(value))
                        : NONE);
    }

    private static Cost cost(Run run, String process) {
        return run.costs().get(process);
    }

    private static String range(Summary summary) {
        ToDoubleFunction<Run> figure = run -> run.result().messagesPerSecond();
        return String.format(Locale.ROOT, "%.0f - %.0f", summary.least(figure), summary.most(figure));
    }
}
