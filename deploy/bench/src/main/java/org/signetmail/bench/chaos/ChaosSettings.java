package org.signetmail.bench.chaos;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.signetmail.bench.scenario.Settings;
import org.signetmail.local.stack.Part;

/**
 * How much chaos.
 *
 * @param parts that are disturbed, one after the other
 * @param faults that each of them meets
 * @param clients that submit all the while
 * @param rate messages a second, of all of them together; each tenth is forged
 * @param before seconds of quiet
 * @param outage seconds that a fault lasts
 * @param after seconds of load behind it
 * @param delayMillis of the fault that slows the network down
 * @param settleSeconds until what was accepted must have arrived, and what was refused be recorded and reported
 */
record ChaosSettings(
        List<Part> parts,
        List<Fault> faults,
        int clients,
        int rate,
        int before,
        int outage,
        int after,
        int delayMillis,
        int settleSeconds) {

    /** Settings as KEY=VALUE; what is not named has its default. */
    static ChaosSettings of(List<String> arguments) {
        var settings = Settings.ofArguments("chaos", arguments);
        var asked = new ChaosSettings(
                settings.take("parts", "all", value -> list(value, Part.values(), Part::label)),
                settings.take("faults", "all", value -> list(value, Fault.values(), Fault::label)),
                settings.positive("clients", 10),
                settings.positive("rate", 40),
                settings.number("before", 3),
                settings.number("outage", 5),
                settings.number("after", 5),
                settings.number("delay-ms", 200),
                settings.number("settle-seconds", 120));
        settings.refuseTheRest();
        return asked;
    }

    private static <E> List<E> list(String value, E[] all, Function<E, String> label) {
        if (value.equals("all")) {
            return List.of(all);
        }
        List<String> known = Arrays.stream(all).map(label).toList();
        List<String> asked = List.of(value.split(",", -1));
        if (!known.containsAll(asked)) {
            throw new IllegalArgumentException("of " + known + ", not " + value);
        }
        return Arrays.stream(all)
                .filter(one -> asked.contains(label.apply(one)))
                .toList();
    }
}
