package org.signetmail.bench.soak;

import java.util.List;
import org.signetmail.bench.scenario.Settings;

/**
 * How long a soak, and how hard.
 *
 * @param minutes of the load; a sample each
 * @param rate messages a second; 0: half of what a closed loop reaches before it
 * @param connections that share the load
 * @param warmUp messages before anything is measured
 * @param peakSeconds that the closed loop is measured for
 */
record SoakSettings(int minutes, int rate, int connections, int warmUp, int peakSeconds) {
    private static final int FEWEST_MINUTES = 4;

    /** Settings as KEY=VALUE; what is not named has its default. */
    static SoakSettings of(List<String> arguments) {
        var settings = Settings.ofArguments("soak", arguments);
        var asked = new SoakSettings(
                settings.positive("minutes", 60),
                settings.number("rate", 0),
                settings.positive("connections", 50),
                settings.positive("warm-up", 20_000),
                settings.positive("peak-seconds", 30));
        settings.refuseTheRest();
        if (asked.minutes() < FEWEST_MINUTES) {
            throw new IllegalArgumentException("soak: minutes: at least " + FEWEST_MINUTES + ", for a slope");
        }
        return asked;
    }
}
