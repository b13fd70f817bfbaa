package org.signetmail.bench.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.signetmail.bench.load.LoadResult;
import org.signetmail.bench.measure.Sample;
import org.signetmail.bench.scenario.Scenario;
import org.signetmail.local.stack.Part;

/**
 * The record of one scenario in one round: what was asked for and what came of it.
 *
 * @param at when the measured messages began, RFC 3339
 * @param costs by process; "client" is the load client
 * @param queued work that was left when the last reply came
 * @param queueSeconds until that was done; the time limit when it was not
 * @param drained whether it was done
 * @param idleKiB memory of an idle connection by its kind; empty where there were none
 * @param otherCores cores that processes kept busy which are no part of this
 */
public record Run(
        Scenario scenario,
        int round,
        String at,
        LoadResult result,
        Map<String, Cost> costs,
        Map<String, Long> queued,
        double queueSeconds,
        boolean drained,
        Map<String, Double> idleKiB,
        double otherCores) {
    public static final String CLIENT = "client";
    private static final double THOUSAND = 1000;

    /** Costs by process, from samples before the messages, at the last reply and when the queues were empty. */
    public static Map<String, Cost> costs(Sample before, Sample replied, Sample done, long messages) {
        double thousands = messages / THOUSAND;
        var costs = new LinkedHashMap<String, Cost>();
        replied.processes()
                .forEach((process, usage) -> costs.put(
                        process,
                        new Cost(
                                replied.cpuSince(before, process) / thousands,
                                done.cpuSince(before, process) / thousands,
                                usage.memoryMiB())));
        return costs;
    }

    /** The server with all that belongs to it: not the client, and not the mail store, which stands for somebody else's. */
    public Cost suite() {
        return costs.entrySet().stream()
                .filter(cost -> !cost.getKey().equals(CLIENT))
                .filter(cost -> !cost.getKey().equals(Part.MAIL_STORE.label()))
                .map(Map.Entry::getValue)
                .reduce(new Cost(0, 0, 0), Cost::plus);
    }

    /** In one line. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%s: %.0f/s, final reply %.1f ms, p99 %.1f ms, CPU %.3f s/1000 (%.3f with the queued work)",
                scenario,
                result.messagesPerSecond(),
                result.finalReply().p50(),
                result.finalReply().p99(),
                suite().cpuPer1000(),
                suite().cpuPer1000WithQueue());
    }
}
