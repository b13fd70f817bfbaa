package org.signetmail.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs side by side, a line a figure: Markdown, so that it can be put into the README as it is. */
public final class Table {
    private static final int FIRST = 44;
    private static final int OTHERS = 10;
    private static final String NONE = "-";

    private final List<Run> runs;
    private final List<String> lines = new ArrayList<>();

    private Table(List<Run> runs) {
        this.runs = runs;
    }

    public static String of(List<Run> runs) {
        return new Table(runs).text();
    }

    private String text() {
        line("", run -> run.scenario().name());
        lines.add("|" + "-".repeat(FIRST + 2) + "|" + ("-".repeat(OTHERS + 1) + ":|").repeat(runs.size()));
        line("messages", run -> Long.toString(run.result().messages()));
        line("messages/s", run -> number("%.0f", run.result().messagesPerSecond()));
        line(
                "final reply p50, ms",
                run -> number("%.2f", run.result().finalReply().p50()));
        line(
                "final reply p99, ms",
                run -> number("%.2f", run.result().finalReply().p99()));
        line(
                "transaction p50, ms",
                run -> number("%.2f", run.result().transaction().p50()));
        line(
                "transaction p99, ms",
                run -> number("%.2f", run.result().transaction().p99()));
        line("sign-in p50, ms", run -> number("%.2f", run.result().signIn().p50()));
        line("sign-in p99, ms", run -> number("%.2f", run.result().signIn().p99()));
        Set<String> processes = runs.stream()
                .flatMap(run -> run.costs().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        processes.forEach(process -> line("CPU s/1000: " + process, run -> cost(run, process, Cost::cpuPer1000)));
        line("CPU s/1000: server or suite", run -> number("%.3f", run.suite().cpuPer1000()));
        line("the same with the queued work", run -> number("%.3f", run.suite().cpuPer1000WithQueue()));
        Set<String> queues = runs.stream()
                .flatMap(run -> run.queued().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        queues.forEach(queue -> line(
                "queued at the last reply: " + queue,
                run -> Long.toString(run.queued().getOrDefault(queue, 0L))));
        line("queue empty after, s", run -> number("%.1f", run.queueSeconds()));
        processes.forEach(process -> line("memory, MiB: " + process, run -> memory(run, process)));
        line("cores taken by others", run -> number("%.2f", run.otherCores()));
        return String.join("\n", lines);
    }

    private void line(String figure, Function<Run, String> value) {
        lines.add("| %-44s |".formatted(figure)
                + runs.stream()
                        .map(run -> " %10s |".formatted(value.apply(run)))
                        .collect(Collectors.joining()));
    }

    private static String cost(Run run, String process, Function<Cost, Double> figure) {
        Cost cost = run.costs().get(process);
        return cost == null ? NONE : number("%.3f", figure.apply(cost));
    }

    private static String memory(Run run, String process) {
        Map<String, Cost> costs = run.costs();
        return costs.containsKey(process) ? number("%.0f", costs.get(process).memoryMiB()) : NONE;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
