package org.signetmail.bench.outage;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How large an outage.
 *
 * @param messages that wait for the destination that is down
 * @param told of those whose sender is to be told of the delay; the others ask for NOTIFY=FAILURE, as bulk mail does
 * @param rate messages a second for the other destination, all the while
 * @param calmSeconds that are measured before the outage
 * @param daySeconds that stand for a day: every time of the relay is shortened by the same factor
 * @param connections that submit what is to wait
 * @param drainSeconds at most until all is delivered that waited
 */
record OutageSettings(
        int messages, int told, int rate, int calmSeconds, int daySeconds, int connections, int drainSeconds) {
    private static final int SECONDS_OF_A_DAY = 86_400;

    /** Settings as KEY=VALUE; what is not named has its default. */
    static OutageSettings of(List<String> arguments) {
        Map<String, Integer> given = new TreeMap<>(Map.of(
                "messages",
                100_000,
                "told",
                1_000,
                "rate",
                40,
                "calm-seconds",
                100,
                "day-seconds",
                300,
                "connections",
                20,
                "drain-seconds",
                600));
        for (String argument : arguments) {
            List<String> words = List.of(argument.split("=", 2));
            if (words.size() != 2 || !given.containsKey(words.getFirst())) {
                throw new IllegalArgumentException("Not of " + given.keySet() + ": " + argument);
            }
            given.put(words.getFirst(), Integer.parseUnsignedInt(words.getLast()));
        }
        return new OutageSettings(
                given.get("messages"),
                given.get("told"),
                given.get("rate"),
                given.get("calm-seconds"),
                given.get("day-seconds"),
                given.get("connections"),
                given.get("drain-seconds"));
    }

    /** So many milliseconds stand for the seconds of a simulated day. */
    String shortened(long seconds) {
        return Math.max(1, seconds * 1000 * daySeconds / SECONDS_OF_A_DAY) + "ms";
    }
}
