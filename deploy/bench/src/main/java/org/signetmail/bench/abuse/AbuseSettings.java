package org.signetmail.bench.abuse;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of each abuse; all bounded, so that the run ends.
 *
 * @param seconds that each abuse goes on
 * @param honest connections that submit all the while
 * @param idle TLS connections that sign in and say nothing more
 * @param slow clients that send an octet a second, half of them commands and half of them content
 * @param big clients that send a message of {@code bigMiB} at the same time
 * @param bad connections that send commands which are none, as fast as they can, and begin again when they are hung up on
 * @param floods threads that connect and hang up as fast as they can
 * @param connections that those make in all, at most
 */
record AbuseSettings(
        int seconds, int honest, int idle, int slow, int big, int bigMiB, int bad, int floods, int connections) {

    /** Settings as KEY=VALUE; what is not named has its default. */
    static AbuseSettings of(List<String> arguments) {
        Map<String, Integer> given = new TreeMap<>(Map.of(
                "seconds",
                20,
                "honest",
                10,
                "idle",
                5000,
                "slow",
                500,
                "big",
                200,
                "big-mib",
                25,
                "bad",
                100,
                "floods",
                20,
                "connections",
                20_000));
        for (String argument : arguments) {
            List<String> words = List.of(argument.split("=", 2));
            if (words.size() != 2 || !given.containsKey(words.getFirst())) {
                throw new IllegalArgumentException("Not of " + given.keySet() + ": " + argument);
            }
            given.put(words.getFirst(), Integer.parseUnsignedInt(words.getLast()));
        }
        return new AbuseSettings(
                given.get("seconds"),
                given.get("honest"),
                given.get("idle"),
                given.get("slow"),
                given.get("big"),
                given.get("big-mib"),
                given.get("bad"),
                given.get("floods"),
                given.get("connections"));
    }
}
