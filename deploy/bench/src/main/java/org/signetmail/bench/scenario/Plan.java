package org.signetmail.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one call measures: each scenario once a round, in this order.
 *
 * @param scenarios the named ones for the first variant, then for the second, …
 */
public record Plan(int rounds, List<Scenario> scenarios) {
    private static final String ROUNDS = "rounds";
    private static final String COMMA = ",";

    /**
     * Reads names and KEY=VALUE; a value with commas stands for as many variants. All is read before anything is run: a
     * mistake in the last should not show after half an hour.
     */
    public static Plan of(Scenarios all, List<String> arguments, List<String> byDefault) throws IOException {
        var names = new ArrayList<String>();
        Map<String, String> overrides = new TreeMap<>();
        Map<String, List<String>> varied = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String key = equals < 0 ? "" : argument.substring(0, equals);
            String value = argument.substring(equals + 1);
            if (equals < 0) {
                names.add(argument);
            } else if (value.contains(COMMA)) {
                varied.put(key, List.of(value.split(COMMA, -1)));
            } else {
                overrides.put(key, value);
            }
        }
        int rounds = rounds(overrides.remove(ROUNDS));
        var scenarios = new ArrayList<Scenario>();
        for (Map<String, String> variant : variants(varied)) {
            for (String name : names.isEmpty() ? byDefault : names) {
                scenarios.add(all.read(name, overrides, variant));
            }
        }
        return new Plan(rounds, List.copyOf(scenarios));
    }

    /** Every value of each key with every value of the others; one that is empty when nothing varies. */
    static List<Map<String, String>> variants(Map<String, List<String>> varied) {
        List<Map<String, String>> variants = List.of(Map.of());
        for (var key : varied.entrySet()) {
            var longer = new ArrayList<Map<String, String>>();
            for (Map<String, String> variant : variants) {
                for (String value : key.getValue()) {
                    var with = new LinkedHashMap<>(variant);
                    with.put(key.getKey(), value);
                    longer.add(with);
                }
            }
            variants = longer;
        }
        return variants;
    }

    private static int rounds(String value) {
        try {
            int rounds = value == null ? 1 : Integer.parseInt(value);
            if (rounds > 0) {
                return rounds;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("rounds: a number, not " + value, e);
        }
        throw new IllegalArgumentException("rounds: at least 1");
    }
}
