package org.signetmail.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Each scenario of Signet beside the same of Postfix, where both were measured: ratios of medians, and bounds. */
public final class Comparison {
    private static final String LINE = "| %-38s | %-27s | %10s | %10s | %7s | %-14s | %-4s |";

    private Comparison() {}

    /** A table; empty when no scenario has its peer beside it. */
    public static String of(List<Run> runs) {
        List<Summary> summaries = Summary.of(runs);
        var lines = new ArrayList<String>();
        for (Summary signet : summaries) {
            summaries.stream()
                    .filter(other ->
                            other.scenario().name().equals(signet.scenario().peer()))
                    .filter(other ->
                            other.scenario().variant().equals(signet.scenario().variant()))
                    .findFirst()
                    .ifPresent(postfix -> lines.addAll(compared(signet, postfix)));
        }
        if (!lines.isEmpty()) {
            lines.addFirst("|" + "-".repeat(40) + "|" + "-".repeat(29) + "|-----------:|-----------:|--------:|"
                    + "-".repeat(16) + "|------|");
            lines.addFirst(LINE.formatted("Signet : Postfix", "figure", "Signet", "Postfix", "ratio", "bound", "held"));
        }
        return String.join("\n", lines);
    }

    private static List<String> compared(Summary signet, Summary postfix) {
        int connections = signet.scenario().load().connections();
        return Bound.of(signet.scenario().bounds(), connections).stream()
                .map(bound -> {
                    double ours = signet.median(bound.value());
                    double theirs = postfix.median(bound.value());
                    double ratio = ours / theirs;
                    String held = bound.holds(ratio) ? "yes" : "NO";
                    return LINE.formatted(
                            signet.scenario(),
                            bound.figure(),
                            number("%.3f", ours),
                            number("%.3f", theirs),
                            number("%.2f", ratio),
                            bound,
                            bound.isOne() ? held : "");
                })
                .toList();
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
